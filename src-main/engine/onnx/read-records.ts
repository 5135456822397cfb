import { elementTypeOf, type ElementType } from '../graph/element-type.ts';
import type {
  AttributeRecord,
  GraphRecord,
  ModelRecord,
  NodeRecord,
  TensorRecord,
  ValueRecord,
} from './file-records.ts';
import { ProtobufReader } from './protobuf-reader.ts';
import { readEntry, readTensor } from './read-tensor.ts';
import { refuse, shown } from './refuse.ts';

const mostNodes = 200_000;
const mostNames = 100_000;
const mostNumbers = 1_000_000;
const mostAxes = 32;

// Field numbers in this file are those of onnx.proto. What is not needed (descriptions, type annotations) is passed over.

/** The parts of a model file, still by name; nothing is checked yet that needs the whole graph. */
export function readModelRecord(bytes: Uint8Array): ModelRecord {
  const reader = new ProtobufReader(bytes, 'the model');
  const operatorSets = new Map<string, number>();
  let graph: GraphRecord | null = null;
  let producer = '';
  while (reader.next()) {
    if (reader.field === 2) producer = reader.string();
    else if (reader.field === 7) graph = readGraphRecord(reader.bytes(), 'the graph');
    else if (reader.field === 8) {
      const [domain, version] = readOperatorSet(reader.message('the operator sets'));
      operatorSets.set(domain === 'ai.onnx' ? '' : domain, version);
    } else reader.skip();
  }
  if (graph === null) refuse('The file holds no graph. Expected an ONNX model (.onnx).');
  return { graph, operatorSets, producer };
}

/** The parts of a graph, of the whole model or of a branch. */
export function readGraphRecord(bytes: Uint8Array, where: string): GraphRecord {
  const reader = new ProtobufReader(bytes, where);
  const nodes: NodeRecord[] = [];
  const initialisers: TensorRecord[] = [];
  const inputs: ValueRecord[] = [];
  const outputs: ValueRecord[] = [];
  let name = '';
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        nodes.push(readNode(reader.message(`node ${nodes.length} of ${where}`)));
        break;
      case 2:
        name = reader.string();
        break;
      case 5:
        initialisers.push(
          readTensor(reader.message(`a tensor of ${where}`), `number ${initialisers.length}`),
        );
        break;
      case 11:
        inputs.push(readValue(reader.message(`the inputs of ${where}`)));
        break;
      case 12:
        outputs.push(readValue(reader.message(`the outputs of ${where}`)));
        break;
      case 15:
        refuse('The model stores sparse tensors. Expected dense ones; export it without them.');
        break;
      default:
        reader.skip();
    }
    if (
      nodes.length > mostNodes ||
      initialisers.length > mostNodes ||
      inputs.length + outputs.length > mostNodes
    ) {
      refuse(
        `The model has more than ${mostNodes} nodes, tensors or inputs. Expected an encoder of ordinary size.`,
      );
    }
  }
  return { name, nodes, initialisers, inputs, outputs };
}

function readNode(reader: ProtobufReader): NodeRecord {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, AttributeRecord>();
  const metadata = new Map<string, string>();
  let [name, op, domain] = ['', '', ''];
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        inputs.push(reader.string());
        break;
      case 2:
        outputs.push(reader.string());
        break;
      case 3:
        name = reader.string();
        break;
      case 4:
        op = reader.string();
        break;
      case 5: {
        const [key, value] = readAttribute(
          reader.message(`an attribute of node ${shown(name)}`),
          `${op} (node ${name})`,
        );
        if (attributes.has(key))
          refuse(`The node ${shown(name)} has the attribute ${shown(key)} twice. The file is damaged.`);
        attributes.set(key, value);
        break;
      }
      case 7:
        domain = reader.string();
        break;
      case 9: {
        const [key, value] = readEntry(reader.message('metadata'));
        metadata.set(key, value);
        break;
      }
      default:
        reader.skip();
    }
    if (inputs.length + outputs.length + attributes.size > mostNames)
      refuse(`The node ${shown(name)} has too many edges.`);
  }
  const scoped = scopedName(name, metadata.get('pkg.torch.onnx.name_scopes'));
  return { op, domain: domain === 'ai.onnx' ? '' : domain, name: scoped, inputs, outputs, attributes };
}

/**
 * PyTorch's newer exporter gives nodes plain names and notes the module beside them, as `['', 'encoder', 'encoder.layer', 'x']`;
 * the older one puts the module into the name, as `/encoder/layer/MatMul`. Here both have the module in the name.
 */
function scopedName(name: string, scopes: string | undefined): string {
  if (scopes === undefined || name.includes('/')) return name;
  const module = [...scopes.matchAll(/'([^']*)'/g)].at(-2)?.[1] ?? '';
  return module === '' ? name : `/${module}/${name}`;
}

function readAttribute(
  reader: ProtobufReader,
  owner: string,
): readonly [name: string, value: AttributeRecord] {
  const [listedInts, listedFloats, strings]: [number[], number[], string[]] = [[], [], []];
  let name = '';
  let type = 0;
  let number = 0;
  let real = 0;
  let text = '';
  let tensor: TensorRecord | null = null;
  let graph: Uint8Array | null = null;
  while (reader.next()) {
    if (reader.field === 1) name = reader.string();
    else if (reader.field === 2) real = reader.float();
    else if (reader.field === 3) number = reader.integer();
    else if (reader.field === 4) text = reader.string();
    else if (reader.field === 5) tensor = readTensor(reader.message(`the tensor of ${owner}`), `of ${owner}`);
    else if (reader.field === 6) graph = reader.bytes();
    else if (reader.field === 7) reader.floatsInto(listedFloats, mostNumbers);
    else if (reader.field === 8) reader.integersInto(listedInts, mostNumbers);
    else if (reader.field === 9) strings.push(reader.string());
    else if (reader.field === 20) type = reader.integer();
    else reader.skip();
    if (strings.length > mostNames)
      refuse(`An attribute of ${shown(owner)} lists more than ${mostNames} texts.`);
  }
  switch (type) {
    case 1:
      return [name, { kind: 'float', value: real }];
    case 2:
      return [name, { kind: 'int', value: number }];
    case 3:
      return [name, { kind: 'string', value: text }];
    case 4:
      if (tensor?.kind === 'stored') return [name, { kind: 'tensor', value: tensor.tensor }];
      return refuse(
        `The attribute ${shown(name)} of ${shown(owner)} should hold a tensor in the file itself.`,
      );
    case 5:
      if (graph !== null) return [name, { kind: 'graph', bytes: graph }];
      return refuse(`The attribute ${shown(name)} of ${shown(owner)} should hold a graph; it is empty.`);
    case 6:
      return [name, { kind: 'floats', value: listedFloats }];
    case 7:
      return [name, { kind: 'ints', value: listedInts }];
    case 8:
      return [name, { kind: 'strings', value: strings }];
    default:
      return refuse(
        `The attribute ${shown(name)} of ${shown(owner)} is of kind ${type}; expected numbers, text, a tensor or a graph.`,
      );
  }
}

function readValue(reader: ProtobufReader): ValueRecord {
  let name = '';
  let found: Omit<ValueRecord, 'name'> = { type: null, shape: null };
  while (reader.next()) {
    if (reader.field === 1) name = reader.string();
    else if (reader.field === 2) found = readType(reader.message('a type'));
    else reader.skip();
  }
  return { name, ...found };
}

function readType(reader: ProtobufReader): Omit<ValueRecord, 'name'> {
  let type: ElementType | null = null;
  let shape: (number | string)[] | null = null;
  while (reader.next()) {
    if (reader.field !== 1)
      refuse('The model has an input or output that is not a tensor (a sequence, map or optional).');
    const tensor = reader.message('a tensor type');
    while (tensor.next()) {
      if (tensor.field === 1) type = elementTypeOf(tensor.integer());
      else if (tensor.field === 2) shape = readShape(tensor.message('a shape'));
      else tensor.skip();
    }
  }
  return { type, shape };
}

function readShape(reader: ProtobufReader): (number | string)[] {
  const shape: (number | string)[] = [];
  while (reader.next()) {
    if (reader.field !== 1) {
      reader.skip();
      continue;
    }
    const dimension = reader.message('a size');
    let size: number | string = '';
    while (dimension.next()) {
      if (dimension.field === 1) size = dimension.integer();
      else if (dimension.field === 2) size = dimension.string();
      else dimension.skip();
    }
    shape.push(size);
    if (shape.length > mostAxes) refuse(`A tensor has more than ${mostAxes} axes. Expected an encoder.`);
  }
  return shape;
}

function readOperatorSet(reader: ProtobufReader): readonly [domain: string, version: number] {
  let domain = '';
  let version = 0;
  while (reader.next()) {
    if (reader.field === 1) domain = reader.string();
    else if (reader.field === 2) version = reader.integer();
    else reader.skip();
  }
  return [domain, version];
}
