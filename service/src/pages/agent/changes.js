/** What has become of an agent between two presence documents, in words for that agent. */
import { fill, listed, texts } from '../common/texts.js';
import { millis } from '../common/times.js';
import { capabilityWord, channelWord } from '../common/words.js';

const said = texts.agent.changes;

/**
 * @param {any} before a presence document
 * @param {any} after a later one of the same agent
 * @param {(queue: string) => string} queueName
 * @returns {string[]} a sentence for each thing that is another now
 */
export function changesBetween(before, after, queueName) {
    const was = before.status !== 'OFFLINE';
    const is = after.status !== 'OFFLINE';
    const stayed = was && is;
    const queues = (ids) => listed(ids.map(queueName));
    const capabilities = (names) => listed(names.map(capabilityWord));
    return [
        !was && is && said.SIGNED_IN,
        was && !is && said.SIGNED_OUT,
        stayed && before.connected && !after.connected && said.CONNECTION_LOST,
        stayed && !before.connected && after.connected && said.CONNECTED,
        profileChange(before, after),
        stayed && !before.ready && after.ready && said.READY,
        stayed && before.ready && !after.ready && said.NOT_READY,
        ...without(before.queues, after.queues, queues, said.JOINED, 'queues'),
        ...without(after.queues, before.queues, queues, said.LEFT, 'queues'),
        ...without(before.capabilities, after.capabilities, capabilities, said.CAPABILITY_ADDED, 'capabilities'),
        ...without(after.capabilities, before.capabilities, capabilities, said.CAPABILITY_REMOVED, 'capabilities'),
        ...(stayed ? conversationsTaken(before, after) : []),
    ].filter((text) => typeof text === 'string');
}

/** A sentence about what is in the second list and not in the first; none if there is nothing. */
function without(first, second, words, text, name) {
    const added = second.filter((one) => !first.includes(one));
    return added.length === 0 ? [] : [fill(text, { [name]: words(added) })];
}

function profileChange(before, after) {
    if (!after.profile || (before.profile?.id === after.profile.id && before.expiresAt === after.expiresAt)) {
        return undefined;
    }
    const isOver = before.expiresAt && before.expiresAt !== after.expiresAt && millis(before.expiresAt) <= millis(after.at);
    return fill(isOver ? said.PROFILE_ENDED : said.PROFILE, { ended: before.profile?.name, profile: after.profile.name });
}

/** One in wrap-up comes to its end by itself, which is no news. */
function conversationsTaken(before, after) {
    const kept = new Set((after.conversations ?? []).map(({ conversation }) => conversation));
    return (before.conversations ?? [])
        .filter(({ conversation, state }) => state === 'ACTIVE' && !kept.has(conversation))
        .map(({ conversation }) => fill(said.CONVERSATION_TAKEN, { conversation }));
}

const OFFER_ENDS = { MISSED: said.OFFER_EXPIRED, WITHDRAWN: said.OFFER_WITHDRAWN };

/** What the end of an offer is to the agent; undefined for one that is open or was answered. @param {any} offer */
export function offerEnd(offer, queueName) {
    return OFFER_ENDS[offer.state] && fill(OFFER_ENDS[offer.state], { offer: offerWords(offer, queueName) });
}

/** Phone from Sales. @param {{channel: string, queue?: string}} offer @param {(queue: string) => string} queueName */
export function offerWords({ channel, queue }, queueName) {
    return fill(queue ? texts.agent.offer : texts.agent.offerDirect, { channel: channelWord(channel), queue: queue && queueName(queue) });
}
