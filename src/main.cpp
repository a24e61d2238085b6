// zhenwu (镇务通): the program. All it does here is to hand the outside world to the command line.
#include <unistd.h>

#include <iostream>

#include "base/environment.h"
#include "cli/cli.h"

int main(int argc, char** argv) {
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
