// Not compiled: packaging/check.sh sees to it that clang-tidy refuses this file.
#include <string>
#include <utility>

std::string Twice(std::string text) {
    std::string first = std::move(text);
    return first + text;
}
