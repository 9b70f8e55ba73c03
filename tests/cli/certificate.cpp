#include "certificate.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "base/digest.hpp"

namespace attest::tests {

namespace fs = std::filesystem;

Certificate::Certificate(const Folder& folder, const std::string& name, const std::vector<std::string>& question)
    : folder_(folder), name_(name) {
    std::vector<std::string> arguments{
        "prove", question.at(0), "--language", question.at(1), "--length", question.at(2), "--certificate", name, "-q"};
    arguments.insert(arguments.end(), question.begin() + 3, question.end());
    const Run result = run_attest(folder, arguments);
    INFO(result.out << result.err);
    REQUIRE(result.status <= 1);
}

std::vector<std::string> Certificate::files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_ / name_)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

Certificate Certificate::copy() const {
    const std::string damaged = "damaged";
    fs::remove_all(folder_ / damaged);
    fs::copy(folder_ / name_, folder_ / damaged, fs::copy_options::recursive);
    return {folder_, damaged};
}

void Certificate::seal(nlohmann::ordered_json manifest) const {
    for (auto& file : manifest["files"]) {
        const std::string path = folder_ / (name_ + "/" + file["name"].get<std::string>());
        if (!fs::exists(path)) continue;
        const std::string bytes = read(file["name"]);
        file["bytes"] = bytes.size();
        file["sha256"] = base::sha256(bytes);
    }
    const std::string blank(64, '0');
    manifest["digest"] = blank;
    std::string text = manifest.dump(1) + "\n";
    text.replace(text.rfind(blank), blank.size(), base::sha256(text));
    write("manifest.json", text);
}

Certificate::Judgement Certificate::judge() const {
    const Run ours = run_attest(folder_, {"check", name_, "--json"});
    const Run independent = run_check(folder_, {"--json", name_});
    const Run people = run_attest(folder_, {"check", name_});
    CAPTURE(ours.out, ours.err, independent.out, independent.err);
    CHECK(ours.status == independent.status);
    CHECK(ours.status == people.status);
    const bool readable = people.out.rfind("REJECTED ", 0) == 0 || ours.status != 2;
    CHECK(independent.err.empty() == readable);
    const json one = ours.object().at("results")[0], other = independent.object().at("certificates")[0];
    const auto obligation = [](const json& report) { return report.value("obligation", ""); };
    CHECK(obligation(one) == obligation(other));
    CHECK(one.at("accepted") == (ours.status == 0));
    CHECK(one.at("verdict") == other.at("verdict"));
    if (ours.status == 2 && readable) {
        CHECK(one.at("verdict") == "rejected");
        CHECK(people.out.rfind("REJECTED \"" + name_ + "\": obligation " + obligation(one) + " fails at ", 0) == 0);
        // Of a collection, the parts before the one that is rejected are told as well.
        const std::vector<std::string> lines = people.lines();
        for (std::size_t k = 1; k < lines.size(); ++k) {
            const bool told = lines[k].starts_with("  VERIFIED ");
            CHECK((told || (k + 1 == lines.size() && lines[k].starts_with("  REJECTED "))));
        }
        CHECK_FALSE(one.at("reason").get<std::string>().empty());
    }
    if (ours.status == 0) {
        CHECK(people.out.rfind("VERIFIED " + one.at("claim").get<std::string>() + " (", 0) == 0);
        CHECK(people.lines()[0].find(" s: \"" + name_ + "\"") != std::string::npos);
    }
    if (!readable) CHECK(people.complains(name_));
    return {ours.status, obligation(one), people.out + people.err};
}

}  // namespace attest::tests
