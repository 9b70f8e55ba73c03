#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "base/random.hpp"
#include "programs/brasp/program.hpp"
#include "programs/crasp/program.hpp"
#include "seed.hpp"
#include "trials.hpp"

using namespace attest;
using namespace attest::programs;

namespace {

const std::string brasp_text =
    "alphabet a \"(\" c\nx = symbol a\ny = bos # c\nz = rightmost(x@j & !(y@i | x), true)\nw = leftmost(z, !x@j)\nv = "
    "const true\n"
    "output w\n";
const std::string crasp_text =
    "alphabet a \"(\" c\nx = Q(a) & !(#[Q(\"(\")] >= 2)\nn = min(#[x], (x ? 3 : 2 * #>[x] - 1)) // n\ny = n != 1 | "
    "true\noutput y\n";

std::string damaged(std::string text, base::Random& random) {
    const std::string signs = "()[]#!&|=<>?:,@\"\n\r\t .ab09\xc3\xff";
    for (std::uint64_t k = 1 + random.below(4); k > 0 && !text.empty(); --k) {
        const std::size_t at = random.below(text.size());
        switch (random.below(4)) {
            case 0: text.erase(at, 1 + random.below(5)); break;
            case 1: text.insert(at, 1, signs[random.below(signs.size())]); break;
            case 2: text[at] = signs[random.below(signs.size())]; break;
            default: text.insert(random.below(text.size()), text.substr(at, random.below(20)));
        }
    }
    return text;
}

/// Whether it was a program after all; anything but a message with a line is a failure.
template <typename Read>
bool is_read(const Read& read) {
    try {
        read();
        return true;
    } catch (const base::InputError& e) {
        const std::string message = e.what();
        CAPTURE(message);
        CHECK(message.starts_with("p:"));
        CHECK(message.find('\n') == std::string::npos);
        return false;
    }
}

}  // namespace

TEST_CASE("programs: damaged texts are programs or mistakes told in one line") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    std::size_t read = 0;
    const std::uint64_t trials = attest::tests::trials(2000);
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
        const std::string b = damaged(brasp_text, random), c = damaged(crasp_text, random);
        CAPTURE(trial, b, c);
        if (is_read([&] { (void)brasp::compile(brasp::parse(b, "p")); })) ++read;
        if (is_read([&] { (void)crasp::compile(crasp::parse(c, "p")); })) ++read;
    }
    CHECK(read > trials / 20);
    CHECK(read < trials * 2);
}
