-- A release of the rules. It is never changed and never deleted.
create table records_rules_release (
    number                  integer       not null primary key,
    hash                    varchar(64)   not null,
    author                  varchar(128)  not null,
    comment                 varchar(2000) not null,
    released_at_epoch_milli bigint        not null,
    overridden              varchar(2000) not null,
    files                   ${bytes}      not null,
    report                  ${bytes}      not null
);

-- Which release was made to conclude, when and by whom. Rows are only added.
create table records_rules_activation (
    number         ${identity},
    release        integer       not null,
    author         varchar(128)  not null,
    at_epoch_milli bigint        not null
);

-- The one draft. Its version goes on when it is deleted, so that no version is ever given twice.
create table records_rules_draft (
    id                     integer      not null primary key,
    version                bigint       not null,
    based_on               integer      not null,
    author                 varchar(128) not null,
    changed_at_epoch_milli bigint       not null,
    files                  ${bytes}
);
