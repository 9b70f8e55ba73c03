#include <catch2/catch.hpp>

#include "run.hpp"

using namespace attest::tests;

namespace {

json restricted(const std::vector<std::string>& arguments, int status = 0) {
    std::vector<std::string> all{"restrict"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    all.emplace_back("--json");
    const Run result = run_attest(all);
    INFO(result.out << result.err);
    CHECK(result.status == status);
    return result.object();
}

}  // namespace

TEST_CASE("restrict keeps its promise to scripts", "[cli]") {
    const json palindrome = restricted({"zoo:palindrome", "--length", "6"});
    CHECK(palindrome.at("command") == "restrict");
    CHECK(palindrome.at("free") == 4);
    CHECK(palindrome.at("fixed").size() == 2);
    CHECK(palindrome.at("constant") == "reject");
    CHECK(palindrome.at("optimal") == true);
    // The two that are fixed mirror each other, and differ.
    std::vector<std::pair<int, std::string>> fixed;
    for (const auto& [position, symbol] : palindrome.at("fixed").items()) fixed.emplace_back(std::stoi(position), symbol);
    CHECK(fixed[0].first + fixed[1].first == 7);
    CHECK(fixed[0].second != fixed[1].second);
}

TEST_CASE("restrict on models whose answer is known", "[cli]") {
    const json dead = restricted({"zoo:chiang-cholak-parity-hard", "--length", "16"});
    CHECK(dead.at("free") == 16);
    CHECK(dead.at("fixed").empty());
    CHECK(dead.at("constant") == "reject");
    CHECK(dead.at("pair").size() == 2);

    const json tree = restricted({"zoo:parity-tree-2-1", "--length", "3"});
    CHECK(tree.at("free") == 0);
    CHECK(tree.at("optimal") == true);
    CHECK_FALSE(tree.contains("pair"));
    CHECK(run_attest({"restrict", "zoo:parity-tree-2-1", "--length", "3"}).has("nothing can be silenced"));

    const json brackets = restricted({"zoo:dyck-2-depth-2", "--length", "4"});
    CHECK(brackets.at("free") == 3);
    const json averages = restricted({"zoo:average-majority", "--length", "7"});
    CHECK(averages.at("free") == 3);
    const json empty = restricted({"zoo:palindrome", "--length", "0"});
    CHECK(empty.at("free") == 0);
    CHECK(empty.at("constant") == "accept");
}

TEST_CASE("restrict finds the same optimum by enumeration and by search", "[cli]") {
    for (const std::string model : {"zoo:palindrome", "zoo:dyck-1-depth-3", "zoo:parity-tree-2-2", "zoo:contains-11", "zoo:tomita-4", "zoo:anbn"})
        for (const std::string length : {"5", "8"}) {
            CAPTURE(model, length);
            const json one = restricted({model, "--length", length, "--depends", "2", "--method", "enumeration"});
            const json other = restricted({model, "--length", length, "--depends", "2", "--method", "search"});
            for (std::size_t c = 0; c <= 2; ++c) CHECK(one.at("dependence")[c].at("free") == other.at("dependence")[c].at("free"));
        }
}

TEST_CASE("restrict says where it does not know", "[cli]") {
    const Run averages = run_attest({"restrict", "zoo:average-majority", "--length", "40"});
    CHECK(averages.status == 3);
    CHECK(averages.err.find("undecided: unsupported") != std::string::npos);
    CHECK(run_attest({"restrict", "zoo:palindrome", "--length", "6", "--method", "guess"}).complains("--method: expected automatic"));
    CHECK(run_attest({"restrict", "zoo:palindrome", "--length", "6", "--depends", "-1"}).status == 2);
}
