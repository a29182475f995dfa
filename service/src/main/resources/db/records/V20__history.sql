-- A row for each beginning of a state of an agent; the agent's next row is its end. Without a status: the agent is gone.
create table records_state (
    agent            ${id}    not null,
    at_epoch_milli   bigint   not null,
    number           bigint   not null,
    status           ${id},
    reasons          text     not null,
    since            bigint   not null,
    signed_in        smallint not null,
    ready            smallint not null,
    not_ready_reason text,
    connected        smallint not null,
    profile          ${id},
    profile_since    bigint   not null,
    expires_at       bigint,
    cause            ${id},
    by_whom          text,
    primary key (agent, at_epoch_milli, number)
) ${clustered};

-- The queues that an agent is in from an instant on, until the next row; ids with commas between them.
create table records_queues (
    agent          ${id}  not null,
    at_epoch_milli bigint not null,
    number         bigint not null,
    queues         text   not null,
    primary key (agent, at_epoch_milli, number)
) ${clustered};

-- The capabilities that an agent has from an instant on, until the next row; names with commas between them.
create table records_capabilities (
    agent          ${id}  not null,
    at_epoch_milli bigint not null,
    number         bigint not null,
    capabilities   text   not null,
    primary key (agent, at_epoch_milli, number)
) ${clustered};

-- What became of a conversation for an agent. One that moves has two rows of one number: it is moved from an agent, and
-- started with another. wrap_up_since is there from wrap-up on.
create table records_conversation (
    agent          ${id}    not null,
    at_epoch_milli bigint   not null,
    number         bigint   not null,
    conversation   ${id}    not null,
    change         ${id}    not null,
    channel        ${id}    not null,
    queue          ${id},
    direct         smallint not null,
    started_at     bigint   not null,
    wrap_up_since  bigint,
    primary key (agent, at_epoch_milli, number, conversation, change)
) ${clustered};

-- An offer that has come to its end.
create table records_offer (
    agent          ${id}  not null,
    at_epoch_milli bigint not null,
    number         bigint not null,
    offer          ${id}  not null,
    conversation   ${id}  not null,
    channel        ${id}  not null,
    queue          ${id},
    state          ${id}  not null,
    made_at        bigint not null,
    primary key (agent, at_epoch_milli, number)
) ${clustered};

-- One row: the number of the last event recorded, from when on there is history, and the rules that concluded it.
create table records_history (
    one           integer not null primary key check (one = 1),
    recorded      bigint  not null,
    kept_since    bigint  not null,
    rules         text    not null
);
