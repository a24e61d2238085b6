// A made-up town: three villages, one of which was merged into another in the middle of the year.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Town } from '../e2e/town.mjs'

export const kEast = '621099101200'
export const kWest = '621099101201'
export const kPeriod = '2023'

const kSettings = {
  town: { name: '试验镇', code: '621099101000' },
  county: { name: '试验县', code: '621099000000' },
  villages: [
    { code: kEast, name: '东村', aliases: [], groups: 3 },
    { code: kWest, name: '西村', aliases: [], groups: 2 },
    {
      code: '621099101202',
      name: '南村',
      aliases: [],
      groups: 1,
      to: '2023-06-30',
      successor: kEast,
    },
  ],
}

export class SmallTown extends Town {
  make() {
    const settings = join(this.home, 'settings.json')
    writeFileSync(settings, JSON.stringify(kSettings))
    this.run('init', this.folder, '--from', settings)
    this.run('export', this.folder, 'vegetable_return', join(this.home, '空表.xlsx'))
  }

  // An empty workbook with headings, as somebody else's form would be.
  blank() {
    return readFileSync(join(this.home, '空表.xlsx'))
  }
}
