const intervalMs = 30_000;
/** Two minutes without a turn of its event loop: nothing that a worker does takes so long. */
const mostUnanswered = 4;

/** Asks again and again whether somebody is alive; `onDead` once nothing was heard for too many questions. */
export function watchPulse(
  ask: () => void,
  onDead: () => void,
  everyMs = intervalMs,
): { begin(): void; heard(): void; end(): void } {
  let unanswered = 0;
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => clearInterval(timer);
  // Counted in questions, not by the clock: a machine that slept has lost nobody.
  const question = (): void => {
    unanswered++;
    if (unanswered <= mostUnanswered) ask();
    else {
      end();
      onDead();
    }
  };
  return {
    begin: () => {
      timer = setInterval(question, everyMs);
      timer.unref();
    },
    heard: () => {
      unanswered = 0;
    },
    end,
  };
}
