/**
 * One of a list that a later version of the other side may lengthen. Values that are not known here arrive as they are: nothing may depend on their being
 * on the list, and what people see of them is the value itself.
 */
export type Open<T extends string> = T | (string & Record<never, never>);
