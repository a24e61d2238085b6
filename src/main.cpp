// zhenwu (镇务通): the program. All it does here is to hand the outside world to the command line.
#include <malloc.h>
#include <unistd.h>

#include <iostream>

#include "base/environment.h"
#include "cli/cli.h"

namespace {

// Each request takes and gives back a few hundred KB. What is given back to the kernel is cleared
// page by page when it is taken again: some tenth of the work of a write.
constexpr int kKeptBytes = 16 << 20;

}  // namespace

int main(int argc, char** argv) {
    mallopt(M_TRIM_THRESHOLD, kKeptBytes);
    mallopt(M_TOP_PAD, 1 << 20);
    const zw::SystemClock clock;
    zw::SystemRandom random;
    zw::cli::Context context{
        std::cout,
        std::cerr,
        isatty(STDIN_FILENO) == 1,
        isatty(STDERR_FILENO) == 1,
        false,
        {},
        {clock, random},
        zw::cli::kDone};
    return zw::cli::Run(argc, argv, context);
}
