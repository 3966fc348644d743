import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeReply, jsonSchemaOf, reduceReply, sectionReply } from './reply.ts';

const schema = z.object({ word: z.string() });

describe('the text of a reply', () => {
  it.each([
    ['an object', '{"word":"a"}'],
    ['an object with more than was asked for', '{"word":"a","role":"system"}'],
    ['a code block', '```json\n{"word":"a"}\n```'],
    ['an object with what no database takes', String.raw`{"word":"\u0000a"}`],
  ])('is read from %s', (_, text) => {
    expect(decodeReply(schema, text)).toEqual({ value: { word: 'a' } });
  });

  it('has no half of a surrogate pair', () => {
    expect(decodeReply(schema, String.raw`{"word":"\ud800"}`)).toEqual({ value: { word: '\ufffd' } });
  });

  it.each([
    ['', 'it is not one JSON object'],
    ['Sure! {"word":"a"}', 'it is not one JSON object'],
    ['{"word":"a"}{"word":"b"}', 'it is not one JSON object'],
    ['[]', ': Invalid input: expected object, received array'],
    ['{"word":{"secret":"spoken"}}', 'word: Invalid input: expected string, received object'],
  ])('does not fit when it is %j, and the reason repeats none of it', (text, unfit) => {
    expect(decodeReply(schema, text)).toEqual({ unfit });
  });
});

describe('the JSON Schema of a reply', () => {
  it.each([
    ['sections', sectionReply],
    ['the whole', reduceReply],
  ])('is one that strict mode takes, for %s', (_, reply) => {
    const objects: Record<string, unknown>[] = [];
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('type' in node && node.type === 'object') objects.push(node as Record<string, unknown>);
      Object.values(node).forEach(visit);
    };
    visit(jsonSchemaOf(reply));
    expect(objects.length).toBeGreaterThan(1);
    for (const { properties, required, additionalProperties } of objects) {
      expect(additionalProperties).toBe(false);
      expect(required).toEqual(Object.keys(properties as object));
    }
    expect(JSON.stringify(objects)).not.toMatch(
      /"(?:minimum|maximum|minLength|maxLength|maxItems|pattern|\$ref)"/,
    );
  });
});
