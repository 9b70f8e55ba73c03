#include "jobs/job.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/command_line.hpp"
#include "base/json_text.hpp"
#include "base/records.hpp"
#include "base/text.hpp"

namespace attest::jobs {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* format = "attest/job";
/// Options of a command that ask for output of the whole, which no part has.
constexpr const char* of_the_whole[] = {"--json", "--update"};
constexpr const char* of_the_whole_with_value[] = {"--certificate", "--plot"};

std::string shell_line(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) line += (line.empty() ? "" : " ") + base::shell_word(word);
    return line;
}

std::vector<std::string> words_of_a_part(const Job& job) {
    return base::without_options(job.words, {std::begin(of_the_whole), std::end(of_the_whole)},
                                 {std::begin(of_the_whole_with_value), std::end(of_the_whole_with_value)});
}

std::string begun(const Job& job, const std::string& comment) {
    return "#!/bin/sh\n# " + comment + "\ncd " + base::shell_word(job.directory) + " || exit 2\n";
}

/// Slurm gives a task of an array its number by the environment; `$1` is what is added, or all of it.
std::string part_text(const Job& job) {
    return begun(job, "part.sh K: the Kth part; may be called again, and twice at a time.") +
           fmt::format("exec {} {} --on \"part:$((${{1:-0}} + ${{SLURM_ARRAY_TASK_ID:-0}}))/{}\"\n",
                       base::shell_word(job.program), shell_line(words_of_a_part(job)), job.parts);
}

std::string join_text(const Job& job) {
    const auto in_folder = [&](const char* name) { return base::shell_word(job.folder + "/answer." + name); };
    return begun(job, "Makes the answer of what the parts left.") +
           fmt::format("{} {} --on join >{} 2>{}\n", base::shell_word(job.program), shell_line(job.words),
                       in_folder("out"), in_folder("err")) +
           fmt::format("echo $? >{0} && mv {0} {1}\n", in_folder("new"), in_folder("status"));
}

std::string described(const Job& job) {
    const json document{{"format", format},
                        {"version", 1},
                        {"directory", job.directory},
                        {"program", job.program},
                        {"words", job.words},
                        {"on", job.on},
                        {"units", job.units},
                        {"parts", job.parts},
                        {"partition", job.wanted.partition},
                        {"time", job.wanted.time},
                        {"memory_mib", job.wanted.memory_mib},
                        {"threads", job.wanted.threads},
                        {"runs", job.runs}};
    return base::json_text(document, 1) + "\n";
}

}  // namespace

bool is_job(const std::string& folder) { return fs::is_regular_file(folder + "/job.json"); }

Job read_job(const std::string& folder) {
    if (!is_job(folder)) throw base::InputError(folder, "the folder of a job, with job.json", "none");
    const std::string path = folder + "/job.json";
    Job job;
    job.folder = fs::absolute(folder).lexically_normal().string();
    if (job.folder.size() > 1 && job.folder.back() == '/') job.folder.pop_back();
    try {
        const json document = base::document_of(base::read_file(path));
        if (document.at("format") != format || document.at("version") != 1)
            throw base::InputError(path, "a job of version 1", "another");
        document.at("directory").get_to(job.directory);
        document.at("program").get_to(job.program);
        document.at("words").get_to(job.words);
        document.at("on").get_to(job.on);
        document.at("units").get_to(job.units);
        document.at("parts").get_to(job.parts);
        document.at("partition").get_to(job.wanted.partition);
        document.at("time").get_to(job.wanted.time);
        document.at("memory_mib").get_to(job.wanted.memory_mib);
        document.at("threads").get_to(job.wanted.threads);
        document.at("runs").get_to(job.runs);
    } catch (const json::exception&) {
        throw base::InputError(path, "what attest writes of a job", "something else");
    }
    if (job.on != "local" && job.on != "slurm")
        throw base::InputError(path, "on: local or slurm", base::printable(job.on));
    constexpr std::size_t most_units = 100'000'000;  // a bit each
    constexpr unsigned most_threads = 256;
    if (job.parts == 0 || job.parts > job.units || job.units > most_units || job.wanted.threads > most_threads)
        throw base::InputError(path, "units in as many parts or fewer", "other numbers");
    return job;
}

void write_job(const Job& job) {
    std::error_code error;
    fs::create_directories(job.folder + "/log", error);
    if (error) throw base::InputError(job.folder, "cannot write: " + error.message());
    write_over(part_script(job), part_text(job));
    write_over(join_script(job), join_text(job));
    write_over(job.folder + "/job.json", described(job));
}

std::size_t recorded(const Job& job) {
    std::size_t count = 0;
    for (const std::size_t unit : base::recorded_units(job.folder)) count += unit < job.units ? 1 : 0;
    return count;
}

std::vector<std::size_t> missing_parts(const Job& job) {
    std::vector<bool> there(job.units, false);
    for (const std::size_t unit : base::recorded_units(job.folder)) {
        if (unit == job.units) return {};
        if (unit < job.units) there[unit] = true;
    }
    std::vector<std::size_t> missing;
    for (std::size_t part = 1; part <= job.parts; ++part) {
        bool whole = true;
        for (std::size_t unit = part - 1; unit < job.units; unit += job.parts) whole = whole && there[unit];
        if (!whole) missing.push_back(part);
    }
    return missing;
}

bool has_answer(const Job& job) { return fs::is_regular_file(fs::symlink_status(job.folder + "/answer.status")); }

void write_over(const std::string& path, const std::string& text) {
    const fs::file_status there = fs::symlink_status(path);
    std::error_code ignored;  // what cannot be taken away cannot be written over
    if (fs::exists(there) && !fs::is_regular_file(there) && !fs::is_directory(there)) fs::remove(path, ignored);
    base::write_file(path, text);
}

void forget_answer(const Job& job) {
    std::error_code ignored;
    for (const char* name : {"status", "out", "err", "new"})
        fs::remove(fmt::format("{}/answer.{}", job.folder, name), ignored);
}

std::string part_script(const Job& job) { return job.folder + "/part.sh"; }
std::string join_script(const Job& job) { return job.folder + "/join.sh"; }

std::optional<base::Share> parse_share(const std::string& text) {
    if (text == "join") return base::Share{0, 1};
    constexpr std::string_view key = "part:";
    if (text.rfind(key, 0) != 0) return std::nullopt;
    base::Share share;
    const char* const end = text.data() + text.size();
    const auto [slash, bad] = std::from_chars(text.data() + key.size(), end, share.part);
    if (bad != std::errc() || slash == end || *slash != '/') return std::nullopt;
    const auto [rest, worse] = std::from_chars(slash + 1, end, share.parts);
    if (worse != std::errc() || rest != end || share.part < 1 || share.part > share.parts) return std::nullopt;
    return share;
}

}  // namespace attest::jobs
