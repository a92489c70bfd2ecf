// What RxJS imports from tslib, by the names that it has there, for engines that iterate asynchronously themselves.

class Awaited {
  constructor(value) {
    this.value = value;
  }
}

export const __await = (value) => new Awaited(value);

export const __asyncValues = (iterable) => iterable[Symbol.asyncIterator]();

/** Runs a generator whose values are awaited. */
export async function __awaiter(self, args, _promise, body) {
  const steps = body.apply(self, args ?? []);
  let step = steps.next();
  while (!step.done) {
    let resume;
    try {
      const value = await step.value;
      resume = () => steps.next(value);
    } catch (error) {
      resume = () => steps.throw(error);
    }
    step = resume();
  }
  return step.value;
}

/** Runs a generator whose values are yielded, or awaited where they say so. */
export async function* __asyncGenerator(self, args, body) {
  const steps = body.apply(self, args ?? []);
  try {
    let step = steps.next();
    while (!step.done) {
      step = steps.next(step.value instanceof Awaited ? await step.value.value : yield step.value);
    }
  } finally {
    steps.return();
  }
}
