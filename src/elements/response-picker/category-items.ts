import type { ResponseCategory } from '../../model/index.js';
import type { TreeItem } from '../base/index.js';

/** Categories, parents before what is in them, as the tree that they are. One whose parent is not among them stands at the root. */
export function categoryItems(categories: readonly ResponseCategory[]): readonly TreeItem[] {
  const roots: TreeItem[] = [];
  const inside = new Map<string, TreeItem[]>();
  for (const { id, parent, name } of categories) {
    const items: TreeItem[] = [];
    const siblings = parent === null ? roots : (inside.get(parent) ?? roots);
    siblings.push({ key: id, text: name, items });
    inside.set(id, items);
  }
  return roots;
}
