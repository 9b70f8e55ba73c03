#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <string>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "lines.hpp"

// Makes the atlas, or makes it again and compares.

namespace {

using namespace attest;

struct Part {
    const char* name;
    std::size_t letters, most_states;
};
constexpr Part parts[] = {{"2-letters.tsv", 2, 4}, {"3-letters.tsv", 3, 3}};

/// All lines of a file, from the smallest automata on; what differs from what is known is printed.
std::string made(const Part& part, bool& right) {
    std::string text = atlas::heading() + "\n";
    for (std::size_t states = 1; states <= part.most_states; ++states) {
        const auto lines = atlas::lines_of(states, part.letters, [&](std::size_t count) {
            if (count % 64 < 8) fmt::print(stderr, "\r{} letters, {} states: {}   ", part.letters, states, count);
        });
        fmt::print(stderr, "\r{} letters, {} states: {}   \n", part.letters, states, lines.size());
        for (const std::string& sentence : atlas::against_oracles(lines, states, part.letters)) {
            fmt::print(stderr, "attest-atlas: {}\n", sentence);
            right = false;
        }
        for (const atlas::Line& line : lines) text += atlas::spell(line) + "\n";
    }
    return text;
}

int run(const std::string& folder, bool compares) {
    bool right = true;
    for (const Part& part : parts) {
        const std::string path = (std::filesystem::path(folder) / part.name).string();
        const std::string text = made(part, right);
        if (!compares) base::write_file(path, text);
        else if (base::read_file(path) != text) {
            fmt::print(stderr, "attest-atlas: {}: the lines made now differ\n", path);
            right = false;
        }
    }
    return right ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("The atlas: one line a minimal automaton.");
    std::string folder;
    app.add_option("FOLDER", folder, "Where the atlas is")->required();
    CLI::App* check = app.add_subcommand("check", "Make all lines again and compare");
    check->fallthrough();
    CLI11_PARSE(app, argc, argv);
    try {
        return run(folder, check->parsed());
    } catch (const base::Error& error) {
        fmt::print(stderr, "attest-atlas: {}\n", error.what());
        return 1;
    }
}
