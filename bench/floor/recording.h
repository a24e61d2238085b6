#pragma once
// What record.cpp wrote down: the SQL of a program, in order, with its values.

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

struct Bound {
    char kind = 'n';
    long long number = 0;
    std::string text;
};

struct Run {
    int sql = 0;
    int connection = 0;
    std::vector<Bound> values;
};

struct Record {
    std::vector<std::string> texts;
    std::vector<Run> runs;
};

inline std::string Bytes(std::istream& in, size_t size) {
    std::string text(size, '\0');
    in.ignore(1);
    in.read(text.data(), static_cast<std::streamsize>(size));
    return text;
}

inline Bound OneBound(std::istream& in) {
    Bound value;
    in >> value.kind;
    if (value.kind == 'i') {
        in >> value.number;
    } else if (value.kind == 't') {
        size_t size = 0;
        in >> size;
        value.text = Bytes(in, size);
    }
    return value;
}

// Throws when there is none.
inline Record ReadRecord(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        throw std::runtime_error("no record: " + path);
    }
    Record record;
    char kind = 0;
    while (in >> kind) {
        if (kind == 'S') {
            size_t number = 0;
            size_t size = 0;
            in >> number >> size;
            record.texts.push_back(Bytes(in, size));
            continue;
        }
        Run run;
        size_t values = 0;
        in >> run.sql >> run.connection >> values;
        while (run.values.size() < values) {
            run.values.push_back(OneBound(in));
        }
        record.runs.push_back(std::move(run));
    }
    return record;
}

}  // namespace bench
