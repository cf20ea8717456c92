-- One row for every entry. Times are epoch milliseconds. What is compared as text has the collation "C": byte by byte, so that a prefix is a range.
create table cacheness_entry (
    digest           text collate "C" not null primary key,
    namespace        text collate "C" not null,
    generation       text collate "C" not null,
    created_at       bigint  not null,
    accessed_at      bigint  not null,
    expires_at       bigint,
    hits             bigint  not null,
    load_nanos       bigint,
    handler          text    not null,
    handler_version  integer not null,
    value_type       text    not null,
    type_fingerprint text,
    codec            text    not null,
    raw_size         bigint  not null,
    stored_size      bigint  not null,
    checksum         bytea   not null,
    blob_id          text collate "C",
    key_id           text,
    signature        bytea,
    description      text,
    key_parameters   text,
    attributes       text,
    tags             text,
    blocks           bytea,
    inline_value     bytea,
    check ((inline_value is null) <> (blob_id is null))
) with (fillfactor = 90);

-- Values are compressed already.
alter table cacheness_entry alter column inline_value set storage external;

create index cacheness_entry_namespace on cacheness_entry (namespace);
create index cacheness_entry_created_at on cacheness_entry (created_at desc, digest);
create index cacheness_entry_accessed_at on cacheness_entry (accessed_at, digest);
create index cacheness_entry_expires_at on cacheness_entry (expires_at) where expires_at is not null;
create index cacheness_entry_blob_id on cacheness_entry (blob_id) where blob_id is not null;

-- The texts of a JSON array.
create function cacheness_words(words text) returns text[] language sql immutable strict parallel safe as $$
    select array(select json_array_elements_text(words::json))
$$;

create index cacheness_entry_tags on cacheness_entry using gin (cacheness_words(tags)) where tags is not null;

-- What the rows come to, kept by the triggers in the transaction that changes the rows. Each connection counts in a row that it shares with few others,
-- so writers do not wait for each other; a single row may be negative, only the sum means something.
create table cacheness_totals (
    stripe  integer not null primary key,
    entries bigint  not null,
    bytes   bigint  not null
) with (fillfactor = 50);

insert into cacheness_totals (stripe, entries, bytes) select stripe, 0, 0 from generate_series(0, 63) stripe;

create function cacheness_entry_inserted() returns trigger language plpgsql set search_path from current as $$
begin
    update cacheness_totals set entries = entries + 1, bytes = bytes + new.stored_size where stripe = pg_backend_pid() % 64;
    return null;
end
$$;

create function cacheness_entry_resized() returns trigger language plpgsql set search_path from current as $$
begin
    update cacheness_totals set bytes = bytes + new.stored_size - old.stored_size where stripe = pg_backend_pid() % 64;
    return null;
end
$$;

create function cacheness_entries_deleted() returns trigger language plpgsql set search_path from current as $$
begin
    update cacheness_totals
    set entries = entries - gone.number, bytes = bytes - gone.size
    from (select count(*) as number, coalesce(sum(stored_size), 0) as size from deleted_entries) gone
    where stripe = pg_backend_pid() % 64 and gone.number > 0;
    return null;
end
$$;

create function cacheness_entries_truncated() returns trigger language plpgsql set search_path from current as $$
begin
    update cacheness_totals set entries = 0, bytes = 0;
    return null;
end
$$;

create trigger cacheness_entry_inserted after insert on cacheness_entry
for each row execute function cacheness_entry_inserted();

create trigger cacheness_entry_resized after update of stored_size on cacheness_entry
for each row when (new.stored_size <> old.stored_size) execute function cacheness_entry_resized();

create trigger cacheness_entries_deleted after delete on cacheness_entry
referencing old table as deleted_entries
for each statement execute function cacheness_entries_deleted();

create trigger cacheness_entries_truncated after truncate on cacheness_entry
for each statement execute function cacheness_entries_truncated();

-- How often entries were invalidated, counted in 64 stripes.
create table cacheness_invalidation (
    stripe integer not null primary key,
    count  bigint  not null
) with (fillfactor = 50);

insert into cacheness_invalidation (stripe, count) select stripe, 0 from generate_series(0, 63) stripe;

-- Read at every start, in place of the history of migrations.
comment on table cacheness_entry is 'Cacheness, schema version 1';
