// Counts what held and what did not; a step that throws is a failure and the walk goes on with the next one.
export class Checks {
  constructor() {
    this.passed = 0
    this.failed = 0
    // Called with the step's name when it throws.
    this.onThrow = async () => {}
  }

  that(name, holds, seen) {
    if (holds) {
      this.passed += 1
      return
    }
    this.failed += 1
    console.log(`FAILED ${name}${seen === undefined ? '' : `: ${JSON.stringify(seen)}`}`)
  }

  same(name, seen, wanted) {
    this.that(name, JSON.stringify(seen) === JSON.stringify(wanted), { seen, wanted })
  }

  async step(name, work) {
    try {
      await work()
    } catch (error) {
      this.that(name, false, String(error.message ?? error).split('\n')[0])
      await this.onThrow(name)
    }
  }
}
