-- One row is one batch of commands, made durable by one commit. The primary key is the fence: of two writers that
-- both believe to be the only one, the second to write a number is refused.
create table journal_entry (
    number         ${number} not null primary key,
    at_epoch_milli bigint    not null,
    commands       integer   not null,
    body           ${bytes}  not null,
    checksum       bigint    not null
);

-- A snapshot's parts are written first, its row here last: without the row the parts mean nothing.
create table snapshot (
    id             ${number} not null primary key,
    covers_number  bigint    not null,
    at_epoch_milli bigint    not null,
    parts          integer   not null
);

create table snapshot_part (
    snapshot_id bigint   not null,
    part        integer  not null,
    body        ${bytes} not null,
    checksum    bigint   not null,
    primary key (snapshot_id, part)
);

-- One row: the process that last became the writer, and a counter that health checks move to see that writing works.
create table journal_writer (
    id     integer     not null primary key check (id = 1),
    token  varchar(64) not null,
    checks bigint      not null
);
