#include "base/command_line.hpp"

#include <catch2/catch.hpp>

#include "base/process.hpp"

using namespace attest::base;
using Words = std::vector<std::string>;

TEST_CASE("A shell reads a word back as it was") {
    for (const std::string& word :
         {std::string("plain"), std::string(), std::string("two words"), std::string("it's"), std::string("$HOME`x`"),
          std::string("a\nb"), std::string("--x=\"y\""), std::string("*"), std::string("\\"), std::string("a=(,b=)")}) {
        INFO(word);
        CHECK(run_process({"/bin/sh", "-c", "printf %s " + shell_word(word)}, {}).out == word);
    }
}

TEST_CASE("Options are taken out with their values, whichever way these are given") {
    const Words words{"threshold", "parity", "--on", "slurm",     "--json", "--on=local",
                      "--only",    "x",      "-j",   "--journal", "j"};
    CHECK(without_options(words, {"--json"}, {"--on"}) ==
          Words{"threshold", "parity", "--only", "x", "-j", "--journal", "j"});
    CHECK(without_options(words, {}, {}) == words);
    CHECK(without_options({"prove", "--on"}, {}, {"--on"}) == Words{"prove"});
}
