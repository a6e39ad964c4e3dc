/**
 * Returns the groups of nodes that reach each other (strongly connected components, Tarjan 1972), except groups of one
 * node. Each group is sorted, so that messages stay the same.
 *
 * @param {Map<string, Set<string>>} graph
 * @returns {string[][]}
 */
export function cyclesOf(graph) {
  /** @type {Map<string, { order: number, low: number, open: boolean }>} */
  const seen = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const cycles = [];

  /** @param {string} node */
  const visit = (node) => {
    const mark = { order: seen.size, low: seen.size, open: true };
    seen.set(node, mark);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      const other = seen.get(next) ?? visit(next);
      if (other.open) mark.low = Math.min(mark.low, other.low);
    }
    if (mark.low === mark.order) {
      const component = stack.splice(stack.indexOf(node));
      for (const member of component) /** @type {{ open: boolean }} */ (seen.get(member)).open = false;
      if (component.length > 1) cycles.push(component.sort());
    }
    return mark;
  };

  for (const node of [...graph.keys()].sort()) if (!seen.has(node)) visit(node);
  return cycles;
}
