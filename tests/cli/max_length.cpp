#include <catch2/catch.hpp>

#include "run.hpp"

// Beyond the length for which a model was made, or the positions that it has, there is no verdict, whoever asks.

namespace attest::tests {

namespace {

std::string short_model(const std::string& kind, const std::string& limit) {
    return R"({"format": "attest/model", "version": 2, "name": "short", "alphabet": ["0", "1"], "dimension": 2, )" +
           limit +
           R"(, "embedding": {"matrix": [[1, 0], [0, 1]], "rows": {"0": 0, "1": 1}},
            "layers": [{"attention": {"kind": ")" +
           kind + R"(", "residual": true, "heads": [{"value": [[1, 0], [0, 1]], "output": [[1, 0], [0, 1]]}]}}],
            "readout": {"position": "last", "weight": [-1, 1], "bias": "1/10"}})";
}

}  // namespace

TEST_CASE("no command goes beyond the lengths that a model is for", "[cli]") {
    const Folder folder;
    const std::pair<std::string, std::string> limits[] = {
        {R"("max_length": 4)", "at most 4 symbols"},
        {R"("position": {"table": [[0, 0], [0, 0], [0, 0], [0, 0]]})", "positions 1 to 4"}};
    const std::string language = "last";
    for (const auto& [limit, complaint] : limits)
        for (const std::string kind : {"hard", "average", "softmax"}) {
            const std::string model = folder.write("short.json", short_model(kind, limit));
            const std::vector<std::string> commands[] = {
                {"prove", model, "--language", language, "--length", "5"},
                {"prove", model, "--language", language, "--length", "3..5"},
                {"prove", model, "--language", language, "--length", "5", "--method", "exhaustion"},
                {"accuracy", model, "--language", language, "--length", "5"},
                {"accuracy", model, "--language", language, "--length", "40"},
                {"equal", model, model, "--length", "5"},
                {"ablate", model, "--language", language, "--length", "5"},
                {"ablate", model, "--same", "--length", "5"},
                {"measure", model, "--length", "5"},
                {"restrict", model, "--length", "5"},
                {"compile", model, "--length", "5"},
                {"compile", model, "--length", "5", "--form", "tabulated"},
                {"eval", model, "--word", "01", "00000"},
                {"eval", model, "--word", "00000", "--trace", "--attribute"},
                {"influence", model, "--length", "5"},
                {"influence", model, "--length", "3..5"}};
            for (const auto& command : commands) {
                const Run run = run_attest(folder, command);
                INFO(kind << ", " << limit << ": attest " << command.front() << " … " << command.back() << "\n"
                          << run.status << "\n"
                          << run.out << run.err);
                CHECK(run.status == 2);
                if (command.front() != "influence" || kind == "softmax")  // which is for softmax alone
                    CHECK(run.err.find(complaint) != std::string::npos);
                for (const char* verdict : {"VERIFIED", "REFUTED", "RESTRICTED", "EQUAL"}) CHECK(!run.has(verdict));
            }
            const Run within = run_attest(folder, {"prove", model, "--language", language, "--length", "1"});
            CHECK((within.status == 0 || within.status == 1));
        }
}

}  // namespace attest::tests
