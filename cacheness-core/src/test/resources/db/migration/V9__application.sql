create table application_table (a integer);
