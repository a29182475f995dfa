-- A session of a browser. Its token is not here, only the token's SHA-256.
create table records_session (
    token_hash             varchar(64)  not null primary key,
    key_id                 varchar(32),
    principal              varchar(300) not null,
    name                   varchar(300) not null,
    roles                  varchar(128) not null,
    agent                  varchar(128),
    created_at_epoch_milli bigint       not null,
    ends_at_epoch_milli    bigint       not null,
    used_at_epoch_milli    bigint       not null
);
