// What the four subgraphs know. The same number of records with texts of the same kind as in the public benchmarks,
// so that answers have the same size; the accounts are numbered instead of named.

/** Record of the accounts subgraph. */
export interface UserRecord {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly birthday: number;
}

/** Record of the products subgraph; `inStock` belongs to the inventory subgraph. */
export interface ProductRecord {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
  readonly inStock: boolean;
}

/** Record of the reviews subgraph. */
export interface ReviewRecord {
  readonly id: string;
  readonly body: string;
  readonly upc: string;
}

export const USERS: readonly UserRecord[] = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map(
  (number, index) => ({
    id: String(index + 1),
    name: `Account ${number}`,
    username: `account${number.toLowerCase()}`,
    birthday: 1_234_567_890,
  }),
);

export const PRODUCTS: readonly ProductRecord[] = [
  { upc: '1', name: 'Table', price: 899, weight: 100, inStock: true },
  { upc: '2', name: 'Couch', price: 1_299, weight: 1_000, inStock: false },
  { upc: '3', name: 'Glass', price: 15, weight: 20, inStock: false },
  { upc: '4', name: 'Chair', price: 499, weight: 100, inStock: false },
  { upc: '5', name: 'TV', price: 1_299, weight: 1_000, inStock: true },
  { upc: '6', name: 'Lamp', price: 6_999, weight: 300, inStock: true },
  { upc: '7', name: 'Grill', price: 3_999, weight: 2_000, inStock: true },
  { upc: '8', name: 'Fridge', price: 100_000, weight: 6_000, inStock: false },
  { upc: '9', name: 'Sofa', price: 9_999, weight: 800, inStock: true },
];

// Printers' filler texts.
const LOREM =
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna ' +
  'aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat. ' +
  'Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur. Excepteur sint ' +
  'occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id est laborum.';
const SED =
  'Sed ut perspiciatis unde omnis iste natus error sit voluptatem accusantium doloremque laudantium, totam rem aperiam, ' +
  'eaque ipsa quae ab illo inventore veritatis et quasi architecto beatae vitae dicta sunt explicabo. Nemo enim ipsam ' +
  'voluptatem quia voluptas sit aspernatur aut odit aut fugit.';
const NEQUE =
  'Sed quia consequuntur magni dolores eos qui ratione voluptatem sequi nesciunt. Neque porro quisquam est, qui dolorem ' +
  'ipsum quia dolor sit amet, consectetur, adipisci velit, sed quia non numquam eius modi tempora incidunt ut labore et ' +
  'dolore magnam aliquam quaerat voluptatem.';
const UT_ENIM =
  'Ut enim ad minima veniam, quis nostrum exercitationem ullam corporis suscipit laboriosam, nisi ut aliquid ex ea ' +
  'commodi consequatur? Quis autem.';
const AT_VERO =
  'At vero eos et accusamus et iusto odio dignissimos ducimus qui blanditiis praesentium voluptatum deleniti atque ' +
  'corrupti quos dolores et quas molestias excepturi sint occaecati cupiditate non provident, similique sunt in culpa ' +
  'qui officia deserunt mollitia animi, id est laborum et dolorum fuga. Et harum quidem rerum facilis est et expedita ' +
  'distinctio. Nam libero tempore, cum soluta nobis est eligendi optio cumque nihil impedit quo minus id quod maxime ' +
  'placeat facere possimus, omnis voluptas assumenda est, omnis dolor repellendus. Temporibus autem quibusdam et aut ' +
  'officiis debitis aut rerum necessitatibus saepe eveniet ut et voluptates repudiandae sint et molestiae non ' +
  'recusandae. Itaque earum rerum hic tenetur a sapiente delectus, ut aut reiciendis voluptatibus maiores alias ' +
  'consequatur aut perferendis doloribus asperiores repellat.';

const TEXTS_BY_PRODUCT: readonly (readonly [upc: string, texts: readonly string[]])[] = [
  ['1', [LOREM, SED, NEQUE, UT_ENIM]],
  ['2', [LOREM, SED, NEQUE, UT_ENIM]],
  ['3', [UT_ENIM]],
  ['4', [UT_ENIM, AT_VERO]],
];

export const REVIEWS: readonly ReviewRecord[] = TEXTS_BY_PRODUCT.flatMap(([upc, texts]) =>
  texts.map((body) => ({ body, upc })),
).map((review, index) => ({ id: String(index + 1), ...review }));
