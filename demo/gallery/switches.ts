/** What the switches say: kept in the address, so that a picture can be sent to somebody. */
export interface Switches {
  readonly theme: 'auto' | 'light' | 'dark';
  /** Of the elements, where it differs from the page's. */
  readonly own: '' | 'light' | 'dark';
  readonly dir: 'auto' | 'ltr' | 'rtl';
  readonly width: 'full' | '280' | '320' | '480' | '800' | '1200';
  readonly lang: 'en' | 'ar';
  readonly density: '' | 'compact';
  readonly time: 'frozen' | 'running';
}

const CHOICES: { readonly [K in keyof Switches]: readonly [Switches[K], ...Switches[K][]] } = {
  theme: ['auto', 'light', 'dark'],
  own: ['', 'light', 'dark'],
  dir: ['auto', 'ltr', 'rtl'],
  width: ['full', '280', '320', '480', '800', '1200'],
  lang: ['en', 'ar'],
  density: ['', 'compact'],
  time: ['frozen', 'running'],
};

const NAMES = Object.keys(CHOICES) as (keyof Switches)[];

/** Reads the address; what it does not say, or says wrongly, is as by default. */
export function readSwitches(search: string): Switches {
  const params = new URLSearchParams(search);
  const read = <K extends keyof Switches>(name: K): Switches[K] => {
    const choices: readonly Switches[K][] = CHOICES[name];
    const value = params.get(name);
    return choices.find((choice) => choice === value) ?? CHOICES[name][0];
  };
  return {
    theme: read('theme'),
    own: read('own'),
    dir: read('dir'),
    width: read('width'),
    lang: read('lang'),
    density: read('density'),
    time: read('time'),
  };
}

/** Connects the form's fields, which are named after the switches. */
export function useSwitches(form: HTMLFormElement, apply: (switches: Switches) => void): void {
  const fields = new Map(NAMES.map((name) => [name, form.elements.namedItem(name) as HTMLSelectElement]));
  const initial = readSwitches(location.search);
  for (const [name, field] of fields) field.value = initial[name];
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => {
    const url = new URL(location.href);
    for (const [name, field] of fields) {
      if (field.value === CHOICES[name][0]) url.searchParams.delete(name);
      else url.searchParams.set(name, field.value);
    }
    history.replaceState(null, '', url);
    apply(readSwitches(url.search));
  });
  apply(initial);
}
