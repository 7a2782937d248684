/** What axe finds wrong with a page for whoever cannot see it. */
import { AxeBuilder } from '@axe-core/playwright'
import { type Page } from '@playwright/test'

/** What is serious or critical, as readable text; by these rules alone where some are named. */
export async function violations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  // Whatever else axe could tell (what passed, and where) takes as long again to gather.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations: found } = await (rules.length === 0 ? axe : axe.withRules([...rules])).analyze()
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}
