-- What an application makes for itself, and whether it came first.
create table customer (id bigint primary key);
create table came_first as select to_regclass('cacheness_entry') is null as came_first;
