-- What several processes need to work as one: leases, and intents to write blobs. Times are milliseconds of the host's clock.

-- Who may load the value of a key.
create table cacheness_lease (
    name       text    not null primary key,
    token      text    not null,
    takeovers  integer not null,
    expires_at integer not null
) strict, without rowid;

-- The place of the blobs, if it was ever told. Intents: whether a row that names a blob needs an intent.
create table cacheness_store (
    one     integer not null primary key check (one = 1),
    id      text,
    intents integer not null
) strict;

insert into cacheness_store (one, id, intents) values (1, null, 0);

-- Blobs that no row names: those that somebody is about to write until a time, and those that are doomed. Of the doomed ones the time says until when
-- somebody is busy deleting them.
create table cacheness_intent (
    blob_id    text    not null primary key,
    expires_at integer not null,
    doomed     integer not null
) strict, without rowid;

create index cacheness_intent_expires_at on cacheness_intent (expires_at);

create trigger cacheness_blob_named_first after insert on cacheness_entry
when new.blob_id is not null and exists (select 1 from cacheness_store where intents = 1)
begin
    select raise(abort, 'The intent to write the blob has ended')
    where not exists (
        select 1 from cacheness_intent
        where blob_id = new.blob_id and doomed = 0 and expires_at > cast(unixepoch('subsec') * 1000 as integer));
    delete from cacheness_intent where blob_id = new.blob_id;
end;

create trigger cacheness_blob_named_next after update of blob_id on cacheness_entry
when new.blob_id is not null and new.blob_id is not old.blob_id and exists (select 1 from cacheness_store where intents = 1)
begin
    select raise(abort, 'The intent to write the blob has ended')
    where not exists (
        select 1 from cacheness_intent
        where blob_id = new.blob_id and doomed = 0 and expires_at > cast(unixepoch('subsec') * 1000 as integer));
    delete from cacheness_intent where blob_id = new.blob_id;
end;

create trigger cacheness_blob_unnamed_by_put after update of blob_id on cacheness_entry
when old.blob_id is not null and new.blob_id is not old.blob_id and exists (select 1 from cacheness_store where intents = 1)
begin
    insert into cacheness_intent (blob_id, expires_at, doomed)
    values (old.blob_id, cast(unixepoch('subsec') * 1000 as integer) + 60000, 1)
    on conflict (blob_id) do update set doomed = 1;
end;

create trigger cacheness_blob_unnamed_by_removal after delete on cacheness_entry
when old.blob_id is not null and exists (select 1 from cacheness_store where intents = 1)
begin
    insert into cacheness_intent (blob_id, expires_at, doomed)
    values (old.blob_id, cast(unixepoch('subsec') * 1000 as integer) + 60000, 1)
    on conflict (blob_id) do update set doomed = 1;
end;

pragma user_version = 3;
