/* Times that come near are said as what is left of them. */
import { now, serverTime } from './own-requests.js';
import { text as say } from './texts.js';

const HOUR = 3600;

/** '0:42', or null if there is nothing or more than an hour left. */
export const left = (time) => {
  const seconds = Math.ceil((time - now()) / 1000);
  return seconds > 0 && seconds <= HOUR
    ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    : null;
};

/** The time of day '22:05:30' in the server's zone, on the day that is nearest. */
export const near = (clock) => {
  const time = new Date(serverTime.replace(/T[\d:.]+/, `T${clock}`));
  const days = Math.round((now() - time) / (24 * HOUR * 1000));
  return new Date(time.getTime() + days * 24 * HOUR * 1000);
};

/** In words: how long, or until when. */
export const until = (text) => {
  const time = new Date(text);
  if (time <= now()) {
    return say('expired');
  }
  const soon = left(time);
  if (soon) {
    return say('left', soon);
  }
  const [, month, day, clock] = /-(\d+)-(\d+)T(\d+:\d+)/.exec(text);
  return say('until', Number(month), Number(day), clock);
};
