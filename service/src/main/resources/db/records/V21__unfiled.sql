-- What was recorded in a rush and is not filed under its agents yet, many rows in one; with the number of the last event.
create table records_unfiled (
    last_number bigint   not null primary key,
    content     ${bytes} not null
);
${unfiled-as-it-is}
