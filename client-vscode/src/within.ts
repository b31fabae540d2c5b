/**
 * What `work` gives within some time; undefined where it fails. Where it takes longer, `late` is called and nobody
 * waits for it any more.
 */
export async function within<T>(milliseconds: number, work: () => PromiseLike<T>, late: () => void): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      late();
      resolve(undefined);
    }, milliseconds);
  });
  const answer = Promise.resolve()
    .then(work)
    .catch(() => undefined);
  const first = await Promise.race([answer, limit]);
  clearTimeout(timer);
  return first;
}
