import { metaOf, settingsOf } from '@crema/config';
import { z } from 'zod';
import { layoutOf } from './layout.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema of router.yaml for these settings, by which editors complete and check it. */
export function routerYamlSchema(shape: z.ZodObject): JsonSchema {
  const described = new Map(settingsOf(shape).map((setting) => [setting.name, setting]));
  const schemaOf = (setting: string): JsonSchema => {
    const { description = '' } = described.get(setting) ?? {};
    return {
      ...valueSchema(shape.shape[setting] as z.ZodType),
      description: `${description} (${setting})`,
    };
  };
  const properties: Record<string, JsonSchema> = {};
  for (const [key, meant] of layoutOf(shape)) {
    properties[key] =
      typeof meant === 'string'
        ? schemaOf(meant)
        : object(
            Object.fromEntries([...meant].map(([name, setting]) => [name, schemaOf(setting)])),
          );
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'router.yaml',
    description: 'The configuration of the router. What the environment says goes before it.',
    ...object(properties),
  };
}

const object = (properties: Record<string, JsonSchema>): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
});

/** What may stand in the file: not the text of a setting, but what people write for it. */
function valueSchema(type: z.ZodType): JsonSchema {
  const { structure, isList } = metaOf(type);
  const { $schema: _, ...schema } = z.toJSONSchema((structure as z.ZodType | undefined) ?? type, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      for (const mark of MARKS) delete jsonSchema[mark];
      if (!jsonSchema.enum?.includes('true')) return;
      delete jsonSchema.enum;
      jsonSchema.type = 'boolean';
    },
  });
  if (!isList) return schema;
  const { type: text, ...others } = schema;
  return { ...others, anyOf: [{ type: text }, { type: 'array', items: { type: text } }] };
}

/** What we note of a setting that means nothing to editors. */
const MARKS = ['secret', 'isList', 'isPath', 'structure'];
