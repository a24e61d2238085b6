// Packs folders into one file that the program carries inside: for each file its path, its size and
// its bytes. pack_assets OUT NAME=FOLDER …   Missing folders are packed as nothing. Format: see
// src/app/assets.h.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

void PutNumber(std::ofstream& out, uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) {
        out.put(static_cast<char>((value >> shift) & 0xFFU));
    }
}

void PutText(std::ofstream& out, const std::string& text) {
    PutNumber(out, text.size());
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

void PackFolder(std::ofstream& out, const std::string& name, const std::filesystem::path& folder) {
    if (!std::filesystem::is_directory(folder)) {
        return;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        // What stands there packed too is carried packed only: the program unpacks it for the few
        // who ask.
        if (entry.is_regular_file() && !std::filesystem::exists(entry.path().string() + ".gz")) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        const std::string bytes(
            (std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>()
        );
        PutText(out, name + "/" + std::filesystem::relative(file, folder).generic_string());
        PutText(out, bytes);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "pack_assets OUT NAME=FOLDER ...\n";
        return 2;
    }
    std::ofstream out(argv[1], std::ios::binary);
    for (int i = 2; i < argc; ++i) {
        const std::string argument = argv[i];
        const size_t equals = argument.find('=');
        if (equals == std::string::npos) {
            std::cerr << "pack_assets: no '=' in " << argument << "\n";
            return 2;
        }
        PackFolder(out, argument.substr(0, equals), argument.substr(equals + 1));
    }
    out.flush();
    return out ? 0 : 3;
}
