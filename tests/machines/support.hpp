#pragma once

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/file.hpp"
#include "base/text.hpp"
#include "programs/machines/perez.hpp"
#include "programs/machines/read.hpp"
#include "programs/machines/subleq.hpp"
#include "shared_data.hpp"

namespace attest::machines::tests {

using Symbols = std::vector<std::string>;

inline Symbols symbols(const std::string& word) { return base::code_points(word, "word"); }

inline TuringMachine parse_turing(const std::string& text, const std::string& name = "machine") {
    const base::Json document = base::Json::parse(text, name);
    return read_turing(base::JsonNode(document, name), name);
}

inline SubleqProgram parse_subleq(const std::string& text, const std::string& name = "program") {
    const base::Json document = base::Json::parse(text, name);
    return read_subleq(base::JsonNode(document, name), name);
}

/// The bytes of a file that others made; nothing where the folder is missing.
inline std::optional<std::string> shared_file(const std::string& name) {
    const auto path = attest::tests::shared_data(name);
    return path ? std::optional(base::read_file(path->string())) : std::nullopt;
}

constexpr const char* champion_text = "1RB1LC_1RC1RB_1RD0LE_1LA1LD_1RH0LA";

/// Accepts the words over a and b with as many a as b, a before b: marks one of each, again and again.
inline TuringMachine anbn() {
    return parse_turing(R"({"format":"attest/turing","version":1,"name":"anbn","alphabet":["a","b"],"blank":"#",
        "tape":["#","a","b","X","Y"],"states":["s","r","l","v","acc"],"start":"s","accept":["acc"],"transitions":[
        ["s","a","r","X","R"],["s","Y","v","Y","R"],["s","#","acc","#","R"],["r","a","r","a","R"],["r","Y","r","Y","R"],
        ["r","b","l","Y","L"],["l","a","l","a","L"],["l","Y","l","Y","L"],["l","X","s","X","R"],["v","Y","v","Y","R"],
        ["v","#","acc","#","R"]]})");
}

/// Adds 1 to a binary number: stays where it writes the last digit.
inline TuringMachine increment() {
    return parse_turing(R"({"format":"attest/turing","version":1,"name":"increment","alphabet":["0","1"],"blank":"#",
        "tape":["#","0","1"],"states":["s","c","acc"],"start":"s","accept":["acc"],"transitions":[
        ["s","0","s","0","R"],["s","1","s","1","R"],["s","#","c","#","L"],["c","1","c","0","L"],["c","0","acc","1","S"],
        ["c","#","acc","1","S"]]})");
}

/// A machine with random moves, so many states and two symbols beside the blank.
template <typename Random>
TuringMachine random_machine(Random& random, std::size_t states) {
    TuringMachine machine;
    machine.name = "random";
    machine.tape = {"#", "x", "y"};
    machine.alphabet = {"x", "y"};
    for (std::size_t q = 0; q < states; ++q) machine.states.push_back("q" + std::to_string(q));
    machine.accepting.resize(states);
    machine.accepting.back() = true;
    machine.moves.resize(states * 3);
    for (std::size_t q = 0; q + 1 < states; ++q)
        for (std::size_t a = 0; a < 3; ++a)
            if (random.below(8) != 0)
                machine.move(q, a) = Move{random.below(states), random.below(3), static_cast<int>(random.below(3)) - 1};
    return machine;
}

}  // namespace attest::machines::tests
