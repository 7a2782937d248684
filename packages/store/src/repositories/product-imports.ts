/** Configurations of other products while somebody looks at them: secrets are in them, so a file is sealed as a whole. */
import { appendAudit } from '../audit/append.ts'
import type { ProductImportRecord, ProductImportRepository } from '../product-import-types.ts'
import { places } from '../sealing/places.ts'
import type { Context } from './context.ts'

export function createProductImportRepository({ prisma, sealer, clock }: Context): ProductImportRepository {
  return {
    keep: async ({ file, ...input }, actor) => {
      const record = { ...input, at: clock(), administrator: actor.name }
      const sealedFile = sealer.seal(file, places.productFile(input.id))
      await prisma.productImport.create({ data: { ...record, sealedFile } })
      return record
    },

    open: async (id, since) => {
      const row = await prisma.productImport.findUnique({ where: { id } })
      if (row === null || row.at < since) return null
      const { sealedFile, ...record } = row
      const product = record.product as ProductImportRecord['product']
      return { record: { ...record, product }, file: sealer.open(sealedFile, places.productFile(id)) }
    },

    forget: async (id) => (await prisma.productImport.deleteMany({ where: { id } })).count > 0,

    taken: (id, added, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.productImport.findUnique({ where: { id }, select: { product: true, fileName: true } })
        if (row === null) return false
        await tx.productImport.delete({ where: { id } })
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'imported', subjectKind: 'configuration', subjectId: id, subjectName: row.fileName },
          ...{ before: null, after: { product: row.product, added } },
        })
        return true
      }),

    forgetBefore: async (at) => {
      await prisma.productImport.deleteMany({ where: { at: { lt: at } } })
    },

    count: () => prisma.productImport.count(),
  }
}
