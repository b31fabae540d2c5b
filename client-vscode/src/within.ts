/**
 * The result of `work` within some time; undefined if it fails. If it takes longer, `late` is called and the
 * result is ignored.
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
