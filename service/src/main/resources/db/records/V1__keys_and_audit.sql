-- A key of the API. Its secret is not here, only the secret's SHA-256.
create table records_key (
    id                     varchar(32)  not null primary key,
    name                   varchar(128) not null,
    roles                  varchar(128) not null,
    agent                  varchar(128),
    secret_hash            ${bytes}     not null,
    created_at_epoch_milli bigint       not null,
    expires_at_epoch_milli bigint,
    revoked_at_epoch_milli bigint,
    used_at_epoch_milli    bigint
);

-- Who did what. Rows are added and, when they are old, deleted; they are never changed.
create table records_audit (
    number         ${identity},
    at_epoch_milli bigint       not null,
    principal      varchar(300) not null,
    roles          varchar(128) not null,
    action         varchar(256) not null,
    subject        varchar(512) not null,
    outcome        varchar(64)  not null,
    address        varchar(64)  not null,
    times          bigint       not null
);

create index records_audit_at on records_audit (at_epoch_milli);
