#include "journal.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"

namespace attest::search {

namespace {

using Json = nlohmann::json;

Json head(const std::string& question) { return {{"format", "attest/cubes"}, {"version", 1}, {"question", question}}; }

}  // namespace

Journal::Journal(std::string path, const std::string& question) : path_(std::move(path)) {
    if (path_.empty()) return;
    if (std::filesystem::exists(path_)) read(question);
    else base::write_file(path_, head(question).dump() + "\n");
}

/// A last line that a kill tore is cut off; all others must be whole.
void Journal::read(const std::string& question) {
    const std::string text = base::read_file(path_);
    const std::string whole = text.substr(0, text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
    std::istringstream lines(whole);
    std::string line;
    const auto expect = [&](bool right, const std::string& expected) {
        if (!right) throw base::InputError(path_, expected, "something else");
    };
    std::getline(lines, line);
    expect(Json::parse(line, nullptr, false) == head(question), "a journal of the same question, class, breaks and cubes");
    while (std::getline(lines, line)) {
        const Json entry = Json::parse(line, nullptr, false);
        try {
            refuted_[entry.at("number")] = {entry.at("cube"), entry.at("cuts"), entry.at("proof")};
        } catch (const Json::exception&) {
            expect(false, "a refuted cube a line");
        }
    }
    if (whole.size() < text.size()) base::write_file(path_, whole);
}

void Journal::add(std::size_t number, CubeProof proof) {
    if (!path_.empty()) {
        std::ofstream out(path_, std::ios::app | std::ios::binary);
        out << Json{{"number", number}, {"cube", proof.cube}, {"cuts", proof.cuts}, {"proof", proof.lrat}}.dump() + "\n" << std::flush;
        if (!out) throw base::InputError(path_, "cannot be written");
    }
    refuted_.emplace(number, std::move(proof));
}

}  // namespace attest::search
