-- A webhook. Its secret is here in clear, since every event is signed with it. What was lost for want of room and is not told
-- yet goes from lost_from to lost_to.
create table records_webhook (
    id                        ${id}    not null primary key,
    url                       text     not null,
    kinds                     text     not null,
    agents                    text     not null,
    description               text,
    active                    smallint not null,
    created_at_epoch_milli    bigint   not null,
    secret                    text     not null,
    previous_secret           text,
    previous_until            bigint,
    delivered_at_epoch_milli  bigint,
    failed_at_epoch_milli     bigint,
    failure                   text,
    lost                      bigint   not null,
    lost_from                 bigint,
    lost_to                   bigint
);

-- An event on its way to a webhook. It goes when it has arrived, or becomes a dead letter.
create table records_outbox (
    webhook        ${id}    not null,
    number         bigint   not null,
    agent          ${id}    not null,
    kind           ${id}    not null,
    at_epoch_milli bigint   not null,
    body           text     not null,
    attempts       bigint   not null,
    first_at       bigint   not null,
    due_at         bigint   not null,
    primary key (webhook, number)
) ${clustered};

-- To find the next event of an agent whose events had to wait.
create index records_outbox_agent on records_outbox (webhook, agent, number);

-- An event that did not arrive in time.
create table records_dead_letter (
    webhook        ${id}    not null,
    number         bigint   not null,
    agent          ${id}    not null,
    kind           ${id}    not null,
    at_epoch_milli bigint   not null,
    body           text     not null,
    attempts       bigint   not null,
    dead_at        bigint   not null,
    error          text     not null,
    primary key (webhook, number)
) ${clustered};

create index records_dead_letter_at on records_dead_letter (dead_at);
