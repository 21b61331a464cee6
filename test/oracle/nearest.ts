/** The first of the points of four components that is nearest to another, of the opaque ones for what is opaque and else of the others; −1 for none. */
export function nearestPoint(points: readonly (readonly number[])[], wanted: readonly number[]): number {
  let [best, found] = [Number.POSITIVE_INFINITY, -1];
  for (const [entry, point] of points.entries()) {
    if ((point[3] === 255) !== (wanted[3] === 255)) continue;
    const distance = point.reduce((sum, value, at) => sum + (value - (wanted[at] ?? 0)) ** 2, 0);
    if (distance >= best) continue;
    best = distance;
    found = entry;
  }
  return found;
}
