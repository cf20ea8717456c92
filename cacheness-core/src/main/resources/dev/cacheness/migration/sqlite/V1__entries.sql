-- One row for every entry. Times are epoch milliseconds. Small values live in the row, at its end, so that the other columns are quick to reach.
create table cacheness_entry (
    digest           text    not null primary key,
    namespace        text    not null,
    generation       text    not null,
    created_at       integer not null,
    accessed_at      integer not null,
    expires_at       integer,
    hits             integer not null,
    load_nanos       integer,
    handler          text    not null,
    handler_version  integer not null,
    value_type       text    not null,
    type_fingerprint text,
    codec            text    not null,
    raw_size         integer not null,
    stored_size      integer not null,
    checksum         blob    not null,
    blob_id          text,
    key_id           text,
    signature        blob,
    description      text,
    key_parameters   text,
    attributes       text,
    tags             text,
    blocks           blob,
    inline_value     blob,
    check ((inline_value is null) <> (blob_id is null))
) strict;

create index cacheness_entry_namespace on cacheness_entry (namespace);
create index cacheness_entry_created_at on cacheness_entry (created_at);
create index cacheness_entry_accessed_at on cacheness_entry (accessed_at);
create index cacheness_entry_expires_at on cacheness_entry (expires_at) where expires_at is not null;
create index cacheness_entry_blob_id on cacheness_entry (blob_id) where blob_id is not null;

-- What the rows come to, kept by the triggers in the transaction that changes the rows.
create table cacheness_totals (
    id      integer not null primary key check (id = 1),
    entries integer not null,
    bytes   integer not null
) strict;

insert into cacheness_totals (id, entries, bytes) values (1, 0, 0);

create trigger cacheness_entry_inserted after insert on cacheness_entry
begin
    update cacheness_totals set entries = entries + 1, bytes = bytes + new.stored_size where id = 1;
end;

create trigger cacheness_entry_deleted after delete on cacheness_entry
begin
    update cacheness_totals set entries = entries - 1, bytes = bytes - old.stored_size where id = 1;
end;

create trigger cacheness_entry_resized after update of stored_size on cacheness_entry
when new.stored_size <> old.stored_size
begin
    update cacheness_totals set bytes = bytes + new.stored_size - old.stored_size where id = 1;
end;

-- The tags of the rows, one row each, to search by; kept by the triggers, which do nothing for rows without tags.
create table cacheness_tag (
    tag    text not null,
    digest text not null,
    primary key (tag, digest)
) strict, without rowid;

create index cacheness_tag_digest on cacheness_tag (digest);

create trigger cacheness_entry_tagged after insert on cacheness_entry
when new.tags is not null
begin
    insert into cacheness_tag (tag, digest) select value, new.digest from json_each(new.tags);
end;

create trigger cacheness_entry_retagged after update of tags on cacheness_entry
when new.tags is not old.tags
begin
    delete from cacheness_tag where digest = old.digest;
    insert into cacheness_tag (tag, digest) select value, new.digest from json_each(coalesce(new.tags, '[]'));
end;

create trigger cacheness_entry_untagged after delete on cacheness_entry
when old.tags is not null
begin
    delete from cacheness_tag where digest = old.digest;
end;

-- How often entries were invalidated, counted in 64 stripes.
create table cacheness_invalidation (
    stripe integer not null primary key,
    count  integer not null
) strict;

insert into cacheness_invalidation (stripe, count)
with recursive stripes (stripe) as (select 0 union all select stripe + 1 from stripes where stripe < 63)
select stripe, 0 from stripes;

-- "Cchn": tells this file from the SQLite files of other applications.
pragma application_id = 1130588270;
pragma user_version = 1;
