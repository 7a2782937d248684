/** How the dictionary describes an attribute: where it lies, what type its value has, and whether it hides something. */
import type { Attribute } from '../packet.ts'
import type { ExtendedVendorValue } from '../extended.ts'
import type { VendorValue } from '../vendor.ts'

/** The value that each data type of RFC 8044 has in TypeScript. */
export interface DataTypes {
  /** 0 to 2^32-1. */
  readonly integer: number
  /** 0 to 2^32-1, with named values. */
  readonly enum: number
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly time: number
  /** UTF-8; octets that are not are read as undefined. */
  readonly text: string
  /** Opaque octets. */
  readonly string: Uint8Array
  /** Octets that continue over attributes of the same type. */
  readonly concat: Uint8Array
  /** Eight octets. */
  readonly ifid: Uint8Array
  /** `192.0.2.1`. */
  readonly ipv4addr: string
  /** `2001:db8::1`, written as RFC 5952 says. */
  readonly ipv6addr: string
  /** `192.0.2.0/24`. */
  readonly ipv4prefix: string
  /** `2001:db8::/32`. */
  readonly ipv6prefix: string
  /** 0 to 2^64-1. */
  readonly integer64: bigint
  /** Attributes inside an attribute. */
  readonly tlv: readonly Attribute[]
  readonly vsa: VendorValue
  readonly evs: ExtendedVendorValue
}

export type DataType = keyof DataTypes

/** Where an attribute lies. */
export type AttributePath =
  | { readonly space: 'standard'; readonly type: number }
  | { readonly space: 'vendor'; readonly vendorId: number; readonly type: number }
  /** RFC 6929: `type` is 241 to 246. */
  | { readonly space: 'extended'; readonly type: number; readonly extendedType: number }

/** How a value is hidden on the wire, or why it must not be shown. */
export type Concealment =
  /** RFC 2865 §5.2. */
  | 'user-password'
  /** RFC 2868 §3.5 and RFC 2548 §2.4.2. */
  | 'salted'
  /** A digest or cipher text of a password: enough to guess it offline. */
  | 'password-proof'

export interface Definition<Type extends DataType = DataType, Tagged extends boolean = boolean, Name = string> {
  readonly path: AttributePath
  readonly dataType: Type
  /** RFC 2868 §3: a tag groups attributes of one tunnel. */
  readonly tagged: Tagged
  readonly concealment?: Concealment
  /** Named values of an `enum`. */
  readonly values?: Readonly<Record<string & Name, number>>
}

/** A value with its tag, 0 to 31; 0 is none. */
export interface TaggedValue<Value> {
  readonly tag: number
  readonly value: Value
}

type Plain<Type extends DataType> = Definition<Type, false, never>

/** Defines attributes of RFC 2865's own space, or of one vendor's. */
export function defineIn(space: 'standard' | { readonly vendorId: number }) {
  const path = (type: number): AttributePath =>
    space === 'standard' ? { space, type } : { space: 'vendor', vendorId: space.vendorId, type }
  return {
    plain: <Type extends DataType>(type: number, dataType: Type): Plain<Type> => ({
      path: path(type),
      dataType,
      tagged: false,
    }),
    concealed: <Type extends DataType>(type: number, dataType: Type, concealment: Concealment): Plain<Type> => ({
      path: path(type),
      dataType,
      tagged: false,
      concealment,
    }),
    enumerated: <const Name extends string>(
      type: number,
      values: Readonly<Record<Name, number>>,
    ): Definition<'enum', false, Name> => ({ path: path(type), dataType: 'enum', tagged: false, values }),
    tagged: <Type extends DataType>(
      type: number,
      dataType: Type,
      concealment?: Concealment,
    ): Definition<Type, true, never> => ({
      path: path(type),
      dataType,
      tagged: true,
      ...(concealment && { concealment }),
    }),
    taggedEnumerated: <const Name extends string>(
      type: number,
      values: Readonly<Record<Name, number>>,
    ): Definition<'enum', true, Name> => ({ path: path(type), dataType: 'enum', tagged: true, values }),
  }
}

/** Defines an attribute of RFC 6929's extended space. */
export function extended<Type extends DataType>(type: number, extendedType: number, dataType: Type): Plain<Type> {
  return { path: { space: 'extended', type, extendedType }, dataType, tagged: false }
}
