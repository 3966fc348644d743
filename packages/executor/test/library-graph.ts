import { composeGraph, type SmallGraph } from './small-graph.ts';

/** Three subgraphs that share books and authors: enough for plans with several branches. */
export const LIBRARY = {
  books: `
    type Query { books: [Book!]! book: Book grid: [[Book]] authors: [Author] }
    type Mutation { addBook(title: String): Book removeBook: Int }
    type Book @key(fields: "id") { id: ID! title: String author: Author shelf: Shelf @shareable }
    type Author @key(fields: "id") { id: ID! }
    type Shelf @shareable { row: Int }
  `,
  people: `
    type Author @key(fields: "id") { id: ID! name: String best: Book }
    type Book @key(fields: "id") { id: ID! }
  `,
  reviews: `
    type Book @key(fields: "id") {
      id: ID!
      reviews(first: Int): [Review!]
      shelf: Shelf @shareable
      score: Int
    }
    type Shelf @shareable { row: Int room: String }
    type Review { stars: Int by: Author }
    type Author @key(fields: "id") { id: ID! age: Int }
  `,
};

/** Composes {@link LIBRARY}. */
export function composeLibrary(): SmallGraph {
  return composeGraph(LIBRARY);
}
