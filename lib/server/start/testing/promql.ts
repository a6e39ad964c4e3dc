import { parser } from '@prometheus-io/lezer-promql';

/** A series that an expression asks for. */
export interface Selector {
  metric: string;
  /** The values it wants of each label, with those that a regular expression of alternatives names one by one. */
  labels: Record<string, string[]>;
}

/** What a PromQL expression asks for. */
export interface Asked {
  selectors: Selector[];
  /** Labels it groups or joins by. */
  groupedBy: string[];
}

/**
 * Reads a PromQL expression by Prometheus' own grammar; Grafana's variables may be in it.
 * @throws Error when it is none
 */
export function readPromql(expression: string): Asked {
  const text = expression.replaceAll('$__rate_interval', '5m');
  const selectors: Selector[] = [];
  const groupedBy: string[] = [];
  parser.parse(text).iterate({
    enter({ name, node, from, to, type }) {
      if (type.isError) throw new Error(`no PromQL: ${expression}`);
      if (name === 'VectorSelector') selectors.push({ metric: '', labels: {} });
      const selector = selectors.at(-1);
      if (name === 'Identifier' && selector && node.parent?.name === 'VectorSelector') {
        selector.metric = text.slice(from, to);
      }
      if (name === 'UnquotedLabelMatcher' && selector) {
        const [label = '', value = ''] = text.slice(from, to).split(/\s*(?:=~|!~|!=|=)\s*(?=")/);
        selector.labels[label] = String(JSON.parse(value)).split('|');
      }
      if (name === 'LabelName' && node.parent?.name === 'GroupingLabels') groupedBy.push(text.slice(from, to));
    },
  });
  return { selectors, groupedBy };
}
