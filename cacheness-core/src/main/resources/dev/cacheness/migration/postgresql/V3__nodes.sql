-- What several nodes need to work as one: leases, intents to write blobs, and news of changes.

-- Who may load the value of a key. Lost in a crash of the server, which costs at worst a second load; so a lease costs no write to the disk.
create unlogged table cacheness_lease (
    name       text collate "C" not null primary key,
    token      text   not null,
    takeovers  bigint not null,
    expires_at bigint not null
) with (fillfactor = 50);

-- News go to whoever listens on this channel. By number, because a schema may have any name.
create function cacheness_channel() returns text language sql stable set search_path from current as $$
    select 'cacheness_' || relnamespace from pg_class where oid = 'cacheness_entry'::regclass
$$;

-- What is said there: 'd' and digests, whose rows were replaced or removed; 'a' if any row may have been. Whoever changes rows says so afterwards, in a
-- transaction of its own: one that both writes and notifies keeps all others of that kind waiting while it waits for the disk. After changes by hand,
-- select pg_notify(cacheness_channel(), 'a').

-- 'l' and a name: its lease was released.
create function cacheness_lease_released() returns trigger language plpgsql set search_path from current as $$
begin
    perform pg_notify(cacheness_channel(), 'l' || old.name);
    return null;
end
$$;

create trigger cacheness_lease_released after delete on cacheness_lease
for each row execute function cacheness_lease_released();

-- The place of the blobs, if it was ever told. Intents: whether a row that names a blob needs an intent.
create table cacheness_store (
    one     integer not null primary key check (one = 1),
    id      text,
    intents boolean not null
);

insert into cacheness_store (one, id, intents) values (1, null, false);

-- Blobs that no row names: those that somebody is about to write until a time, and those that are doomed. Of the doomed ones the time says until when
-- somebody is busy deleting them.
create table cacheness_intent (
    blob_id    text collate "C" not null primary key,
    expires_at bigint  not null,
    doomed     boolean not null
) with (fillfactor = 50);

create index cacheness_intent_expires_at on cacheness_intent (expires_at);

create function cacheness_blob_named() returns trigger language plpgsql set search_path from current as $$
begin
    if not exists (select from cacheness_store where intents) then
        return null;
    end if;
    delete from cacheness_intent
    where blob_id = new.blob_id and not doomed and expires_at > (extract(epoch from clock_timestamp()) * 1000)::bigint;
    if not found then
        raise exception 'The intent to write the blob % has ended', new.blob_id using errcode = 'CCH01';
    end if;
    return null;
end
$$;

create function cacheness_blob_unnamed() returns trigger language plpgsql set search_path from current as $$
begin
    if exists (select from cacheness_store where intents) then
        insert into cacheness_intent (blob_id, expires_at, doomed)
        values (old.blob_id, (extract(epoch from clock_timestamp()) * 1000)::bigint + 60000, true)
        on conflict (blob_id) do update set doomed = true;
    end if;
    return null;
end
$$;

create trigger cacheness_blob_named_first after insert on cacheness_entry
for each row when (new.blob_id is not null) execute function cacheness_blob_named();

create trigger cacheness_blob_named_next after update of blob_id on cacheness_entry
for each row when (new.blob_id is not null and new.blob_id is distinct from old.blob_id) execute function cacheness_blob_named();

create trigger cacheness_blob_unnamed_by_put after update of blob_id on cacheness_entry
for each row when (old.blob_id is not null and new.blob_id is distinct from old.blob_id) execute function cacheness_blob_unnamed();

create trigger cacheness_blob_unnamed_by_removal after delete on cacheness_entry
for each row when (old.blob_id is not null) execute function cacheness_blob_unnamed();

comment on table cacheness_entry is 'Cacheness, schema version 3';
