#include "journal.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"

namespace attest::threshold {

namespace {

using Json = nlohmann::json;

Json head(const std::string& question) { return {{"format", "attest/cubes"}, {"version", 1}, {"question", question}}; }

}  // namespace

Journal::Journal(const std::string& path, const std::string& question) {
    if (path.empty()) return;
    if (!std::filesystem::exists(path)) base::write_file(path, head(question).dump() + "\n");
    log_.emplace(path);
    take_up(path, question);
}

void Journal::take_up(const std::string& path, const std::string& question) {
    const auto expect = [&](bool right, const std::string& expected) {
        if (!right) throw base::InputError(path, expected, "something else");
    };
    const std::vector<std::string>& lines = log_->earlier();
    expect(!lines.empty() && Json::parse(lines.front(), nullptr, false) == head(question),
           "a journal of the same question, class, breaks and cubes");
    for (std::size_t k = 1; k < lines.size(); ++k) {
        const Json entry = Json::parse(lines[k], nullptr, false);
        try {
            refuted_[entry.at("number")] = {entry.at("cube"), entry.at("cuts"), entry.at("proof")};
        } catch (const Json::exception&) {
            expect(false, "a refuted cube a line");
        }
    }
}

void Journal::add(std::size_t number, CubeProof proof) {
    if (log_)
        log_->append(
            Json{{"number", number}, {"cube", proof.cube}, {"cuts", proof.cuts}, {"proof", proof.lrat}}.dump());
    refuted_.emplace(number, std::move(proof));
}

}  // namespace attest::threshold
