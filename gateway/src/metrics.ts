/** Label values of one series, in the order of the metric's label names. */
type Labels = readonly string[];

const SEPARATOR = '\u0000';

/** A number that only grows, per combination of labels. */
export class Counter {
  readonly #name: string;
  readonly #help: string;
  readonly #labelNames: readonly string[];
  readonly #values = new Map<string, number>();

  constructor(name: string, help: string, labelNames: readonly string[] = []) {
    this.#name = name;
    this.#help = help;
    this.#labelNames = labelNames;
    if (labelNames.length === 0) this.#values.set('', 0);
  }

  add(amount = 1, ...labels: Labels): void {
    const key = labels.join(SEPARATOR);
    this.#values.set(key, (this.#values.get(key) ?? 0) + amount);
  }

  render(): string {
    const lines = [...this.#values].map(([key, value]) => {
      const labels = this.#labelNames.map((name, i) => `${name}="${key.split(SEPARATOR)[i] ?? ''}"`);
      return `${this.#name}${labels.length > 0 ? `{${labels.join(',')}}` : ''} ${value}`;
    });
    return [...head(this.#name, this.#help, 'counter'), ...lines].join('\n');
  }
}

/** A number that is read when somebody asks. */
export class Gauge {
  readonly #name: string;
  readonly #help: string;
  #read: () => number = () => 0;

  constructor(name: string, help: string) {
    this.#name = name;
    this.#help = help;
  }

  from(read: () => number): void {
    this.#read = read;
  }

  render(): string {
    return [...head(this.#name, this.#help, 'gauge'), `${this.#name} ${this.#read()}`].join('\n');
  }
}

/** How long something took, in seconds. */
export class Histogram {
  static readonly #bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

  readonly #name: string;
  readonly #help: string;
  readonly #buckets = Histogram.#bounds.map(() => 0);
  #sum = 0;
  #count = 0;

  constructor(name: string, help: string) {
    this.#name = name;
    this.#help = help;
  }

  observe(seconds: number): void {
    this.#sum += seconds;
    this.#count++;
    for (const [i, bound] of Histogram.#bounds.entries()) {
      if (seconds <= bound) this.#buckets[i] = (this.#buckets[i] ?? 0) + 1;
    }
  }

  render(): string {
    const buckets = Histogram.#bounds.map(
      (bound, i) => `${this.#name}_bucket{le="${bound}"} ${this.#buckets[i]}`,
    );
    return [
      ...head(this.#name, this.#help, 'histogram'),
      ...buckets,
      `${this.#name}_bucket{le="+Inf"} ${this.#count}`,
      `${this.#name}_sum ${this.#sum}`,
      `${this.#name}_count ${this.#count}`,
    ].join('\n');
  }
}

/** Everything that this process counts, for Prometheus. */
export class Metrics {
  readonly webhooks = new Counter('gateway_webhooks_total', 'Webhook requests by HTTP status.', ['status']);
  readonly forgeries = new Counter(
    'gateway_webhook_forgeries_total',
    'Webhook requests without a valid signature.',
  );
  readonly items = new Counter('gateway_webhook_items_total', 'New items of webhooks by kind.', ['kind']);
  readonly duplicates = new Counter('gateway_webhook_duplicates_total', 'Items that had come before.');
  readonly poison = new Counter('gateway_webhook_poison_total', 'Items kept with an error for the operator.');
  readonly unclaimed = new Counter(
    'gateway_webhook_unclaimed_total',
    'Items of webhooks for numbers that are not ours.',
  );
  readonly commands = new Counter('gateway_commands_total', 'Commands of agents by result.', ['result']);
  readonly sends = new Counter('gateway_sends_total', 'Requests to the Cloud API by outcome.', ['outcome']);
  readonly pauses = new Counter(
    'gateway_sending_pauses_total',
    'Pauses of a business number by what WhatsApp turned it away for.',
    ['trouble'],
  );
  readonly troubles = new Gauge(
    'gateway_numbers_in_trouble',
    'Business numbers that do not send, or not as they should.',
  );
  readonly disagreeing = new Gauge(
    'gateway_centre_disagreeing',
    'Other living gateways that work by another configuration of the centre.',
  );
  readonly mediaFetches = new Counter(
    'gateway_media_fetches_total',
    'Files of contacts by what became of fetching them.',
    ['outcome'],
  );
  readonly mediaHandovers = new Counter(
    'gateway_media_handovers_total',
    'Files handed over to WhatsApp by outcome.',
    ['outcome'],
  );
  readonly mediaUploads = new Counter(
    'gateway_media_uploads_total',
    'Files that agents brought, by outcome.',
    ['outcome'],
  );
  readonly mediaServed = new Counter('gateway_media_served_total', 'Requests for files by HTTP status.', [
    'status',
  ]);
  readonly routed = new Counter('gateway_offers_total', 'Offers to agents.');
  readonly sockets = new Gauge('gateway_sockets', 'Desks connected to this process.');
  readonly webhookSeconds = new Histogram(
    'gateway_webhook_seconds',
    'Time from a webhook request to its answer, in seconds.',
  );

  /** Prometheus text format, version 0.0.4. */
  render(): string {
    const all = [
      this.webhooks,
      this.forgeries,
      this.items,
      this.duplicates,
      this.poison,
      this.unclaimed,
      this.commands,
      this.sends,
      this.pauses,
      this.troubles,
      this.disagreeing,
      this.mediaFetches,
      this.mediaHandovers,
      this.mediaUploads,
      this.mediaServed,
      this.routed,
      this.sockets,
      this.webhookSeconds,
    ];
    return `${all.map((metric) => metric.render()).join('\n')}\n`;
  }
}

function head(name: string, help: string, type: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}
