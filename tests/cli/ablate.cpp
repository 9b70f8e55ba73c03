#include <catch2/catch.hpp>

#include "certificate.hpp"

using namespace attest::tests;

TEST_CASE("ablate finds what is enough, with its certificates", "[cli]") {
    const Folder folder;
    const Run run = run_attest(folder, {"ablate", "zoo:chiang-cholak-first", "--language", "first", "--length", "3",
                                        "--json", "--certificate", "b"});
    INFO(run.out << run.err);
    CHECK(run.status == 0);
    const json object = run.object();
    CHECK(object.at("smallest") == true);
    CHECK(object.at("sufficient").size() >= 1);
    const json& found = object.at("sufficient").at(0);
    CHECK(found.at("verdict") == "verified");
    CHECK(found.at("kept").size() <= object.at("parts").size());
    CHECK(found.at("needs").size() == found.at("kept").size());
    for (const json& need : found.at("needs")) CHECK(need.contains("word"));
    CHECK(found.at("margin").at("guarantee") == "lower");
    CHECK(run_check(folder, {"b"}).status == 0);
}

TEST_CASE("ablate --same asks for the answers of the whole", "[cli]") {
    const json object = run_attest({"ablate", "zoo:first", "--same", "--length", "3", "--json"}).object();
    CHECK(object.at("same") == true);
    CHECK(object.at("sufficient").at(0).at("kept") == json({"1.1"}));
}

TEST_CASE("ablate puts means in the place of parts, and its certificates say so", "[cli]") {
    const Folder folder;
    const json exact =
        run_attest(folder, {"ablate", "zoo:first", "--same", "--length", "3", "--mean", "--json", "--certificate", "m"})
            .object();
    CHECK(exact.at("mean").at("within") == "0");
    CHECK(exact.at("sufficient").at(0).at("verdict") == "verified");
    const Run soft = run_attest(folder, {"ablate", "zoo:chiang-cholak-first", "--language", "first", "--length", "3",
                                         "--mean", "--certificate", "s"});
    INFO(soft.out << soft.err);
    CHECK(soft.status == 0);
    CHECK(soft.out.find("adds its mean over all words, up to 2.33e-10") != std::string::npos);
    CHECK(run_check(folder, {"m", "s"}).status == 0);
}

TEST_CASE("ablate puts means at each position in the place of parts", "[cli]") {
    const Folder folder;
    const json exact = run_attest(folder, {"ablate", "zoo:first", "--same", "--length", "3", "--mean-by-position",
                                           "--json", "--certificate", "m"})
                           .object();
    CHECK(exact.at("mean") == json({{"within", "0"}, {"by", "position"}}));
    CHECK(exact.at("sufficient").at(0).at("verdict") == "verified");
    const Run soft = run_attest(folder, {"ablate", "zoo:chiang-cholak-first", "--language", "first", "--length", "3",
                                         "--mean-by-position", "--certificate", "s"});
    INFO(soft.out << soft.err);
    CHECK(soft.status == 0);
    CHECK(soft.out.find("adds at each position its mean over all words, up to 2.33e-10") != std::string::npos);
    const Run check = run_check(folder, {"m", "s"});
    CHECK(check.status == 0);
    CHECK(run_attest({"ablate", "zoo:first", "--same", "--length", "3", "--mean-by-position", "--mean"}).status == 2);
    CHECK(
        run_attest({"ablate", "zoo:first", "--same", "--length", "3", "--mean-by-position", "--robust", "1"}).status ==
        2);
}

TEST_CASE("ablate takes away edges between heads", "[cli]") {
    const Folder folder;
    const Run run = run_attest(folder, {"ablate", "zoo:palindrome", "--language", "palindrome", "--length", "5",
                                        "--edges", "--json", "--certificate", "e"});
    INFO(run.out << run.err);
    const json object = run.object();
    CHECK(object.at("edges") == true);
    for (const json& part : object.at("parts")) CHECK(part.get<std::string>().find('>') != std::string::npos);
    CHECK(object.at("sufficient").at(0).at("verdict") == "verified");
    CHECK(run_check(folder, {"e"}).status == 0);
    CHECK(run_attest({"ablate", "zoo:chiang-cholak-first", "--language", "first", "--length", "3", "--edges", "--mean"})
              .status == 2);
}

TEST_CASE("ablate says where there is no edge to take away", "[cli]") {
    CHECK(run_attest({"ablate", "zoo:first", "--same", "--length", "3", "--edges"})
              .complains("ablate: --edges: expected a head that reads what an earlier head adds"));
}

TEST_CASE("ablate moves the vector that is read", "[cli]") {
    const Folder folder;
    const auto ask = [&](const std::string& radius) {
        return run_attest(folder, {"ablate", "zoo:chiang-cholak-first", "--language", "first", "--length", "3",
                                   "--robust", radius, "--json", "--certificate", "r" + std::string(1, radius.back())});
    };
    const Run near = ask("1/8");
    INFO(near.out << near.err);
    CHECK(near.status == 0);
    CHECK(near.object().at("robust") == "1/8");
    CHECK(near.object().at("sufficient").at(0).at("verdict") == "verified");
    const Run far = ask("1000");
    CHECK(far.status == 1);
    CHECK(far.object().contains("wrong"));
    CHECK(run_attest({"ablate", "zoo:first", "--language", "first", "--length", "3", "--robust", "0"}).status == 1);
    CHECK(run_check(folder, {"r8", "r0"}).status == 0);
    CHECK(run_attest({"ablate", "zoo:chiang-cholak-first", "--language", "first", "--length", "3", "--robust", "-1"})
              .complains("not negative"));
    const auto same = [&](const std::string& radius) {
        return run_attest(folder, {"ablate", "zoo:chiang-cholak-first", "--same", "--length", "3", "--robust", radius,
                                   "--json", "--certificate", "s" + std::string(1, radius.back())});
    };
    const Run kept = same("1/8");
    INFO(kept.out << kept.err);
    CHECK(kept.status == 0);
    CHECK(kept.object().at("same") == true);
    CHECK(kept.object().at("sufficient").at(0).at("verdict") == "verified");
    CHECK(same("1000").status == 1);
    CHECK(run_check(folder, {"s8", "s0"}).status == 0);
}

TEST_CASE("ablate says whether positions matter", "[cli]") {
    const Folder folder;
    const auto ask = [&](const std::string& positions) {
        return run_attest(folder, {"ablate", "zoo:first", "--language", "first", "--length", "4", "--invariant",
                                   positions, "--json", "--certificate", "i" + positions.substr(0, 1)})
            .object();
    };
    CHECK(ask("2,4").at("sufficient").at(0).at("invariant") == json({{"verdict", "verified"}}));
    const json changes = ask("1,2").at("sufficient").at(0).at("invariant");
    CHECK(changes.at("verdict") == "refuted");
    CHECK(changes.at("words").size() == 2);
    CHECK(run_check(folder, {"i2", "i1"}).status == 0);
    CHECK(run_attest({"ablate", "zoo:first", "--language", "first", "--length", "4", "--invariant", "5"})
              .complains("expected positions from 1 to 4, found '5'"));
}

TEST_CASE("ablate asks a solver about a circuit with switches", "[cli]") {
    const auto ask = [](const std::string& method) {
        return run_attest({"ablate", "zoo:palindrome", "--language", "palindrome", "--length", "6", "--method", method,
                           "--json"})
            .object();
    };
    const json by_solver = ask("solver"), by_size = ask("sets");
    CHECK(by_solver.at("words").size() >= 1);
    CHECK(by_solver.at("sufficient").size() == by_size.at("sufficient").size());
    CHECK(by_solver.at("sufficient").at(0).at("kept").size() == by_size.at("sufficient").at(0).at("kept").size());
    const Run soft =
        run_attest({"ablate", "zoo:chiang-cholak-first", "--language", "first", "--length", "3", "--method", "solver"});
    CHECK(soft.status == 3);
    CHECK(soft.out.find("a circuit with switches is made of models of hard or average attention") != std::string::npos);
    CHECK(
        run_attest({"ablate", "zoo:first", "--same", "--length", "3", "--method", "guess"}).complains("found 'guess'"));
}

TEST_CASE("ablate refuses what makes no sense", "[cli]") {
    CHECK(run_attest({"ablate", "zoo:first", "--length", "3"})
              .complains("expected --language L, --task T of a program, or --same"));
    CHECK(
        run_attest({"ablate", ATTEST_SOURCE "/examples/parity-6.json", "--same", "--length", "6"}).complains("tables"));
    CHECK(run_attest({"ablate", "zoo:first", "--language", "last", "--length", "3"}).status == 1);
    CHECK(run_attest({"ablate", "zoo:first", "--language", "last", "--same", "--length", "3"}).status == 2);
}

TEST_CASE("ablate takes away variables of a program", "[cli]") {
    const Folder folder;
    const Run run = run_attest(
        folder, {"ablate", "zoo:rasp-hist", "--task", "hist", "--length", "3", "--json", "--certificate", "v"});
    INFO(run.out << run.err);
    CHECK(run.status == 0);
    const json object = run.object();
    CHECK(object.at("task") == "hist");
    CHECK(object.at("smallest") == true);
    const json& found = object.at("sufficient").at(0);
    CHECK(found.at("verdict") == "verified");
    for (const json& need : found.at("needs")) CHECK(need.contains("word"));
    CHECK(run_check(folder, {"v"}).status == 0);
    CHECK(run_attest({"ablate", "zoo:rasp-hist", "--task", "reverse", "--length", "3"}).status == 1);
    CHECK(run_attest({"ablate", "zoo:rasp-hist", "--task", "hist", "--length", "3", "--mean"}).complains("a program"));
    CHECK(run_attest({"ablate", "zoo:first", "--task", "reverse", "--length", "3"}).complains("expected a program"));
    CHECK(run_attest({"ablate", "zoo:rasp-hist", "--length", "3"}).complains("--task T"));
}
