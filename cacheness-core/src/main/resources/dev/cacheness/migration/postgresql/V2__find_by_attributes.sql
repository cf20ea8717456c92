-- Finds entries by attributes that are equal. Only a first choice: as jsonb, 1 is 1.0. The hashes of this class take attributes of any length.
create index cacheness_entry_attributes on cacheness_entry using gin ((attributes::jsonb) jsonb_path_ops) where attributes is not null;

comment on table cacheness_entry is 'Cacheness, schema version 2';
