#include "record/jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "attest/base/error.hpp"
#include "base/command_line.hpp"
#include "base/json_text.hpp"
#include "base/process.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "job_output.hpp"
#include "jobs/executor.hpp"
#include "placement.hpp"

namespace attest::cli {

std::string job_line(const jobs::Job& job) {
    std::string line = "attest";
    for (const std::string& word : job.words) line += " " + base::shell_word(word);
    return base::printable(line, 2000);
}

record::Jobs::Job job_record(const jobs::Job& job, const std::string& state) {
    return {job.folder, job_line(job),       job.on,    jobs::missing_parts(job).empty() ? "complete" : state,
            job.units,  jobs::recorded(job), job.parts, job.runs};
}

namespace {

namespace fs = std::filesystem;

std::string state_of(const jobs::Job& job) {
    return !job.runs.empty() && jobs::make_executor(job.on)->is_alive(job) ? "running" : "stopped";
}

std::string row(const record::Jobs::Job& job) {
    return fmt::format("{:9} {:>5}/{:<5} {}  {}\n", job.state, job.recorded, job.units, base::printable(job.folder),
                       job.asked);
}

class JobsCommand : public Command {
  public:
    std::string name() const override { return "jobs"; }
    std::string summary() const override {
        return "Searches in parts that others work on: list, show FOLDER, resume FOLDER";
    }
    std::vector<std::string> examples() const override {
        return {"attest jobs list", "attest jobs show p", "attest jobs resume p"};
    }
    void declare(CLI::App& app) override {
        app.add_option("ACTION", action_, "list (default), show or resume");
        app.add_option("FOLDER", folder_,
                       "show, resume: the folder that was --journal; list: where such folders are (default: here)");
        app.add_flag("--no-wait", no_wait_, "resume: submit, and do not wait for the answer");
    }

    int run(Session& session) override {
        const std::vector<std::string> actions{"list", "show", "resume"};
        if (std::find(actions.begin(), actions.end(), action_) == actions.end())
            throw base::UsageError(fmt::format("jobs: expected list, show or resume, found '{}'{}",
                                               base::printable(action_), base::perhaps(action_, actions)));
        if (action_ == "list") return list(session);
        if (folder_.empty())
            throw base::UsageError(fmt::format("jobs {}: expected the folder of a job, found none", action_));
        const jobs::Job job = jobs::read_job(folder_);
        return action_ == "show" ? show(session, job) : resume(session, job);
    }

  private:
    int list(Session& session) const {
        record::Jobs record;
        record.jobs.emplace();
        std::vector<std::string> folders;
        const std::string place = folder_.empty() ? "." : folder_;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(place, error))
            if (jobs::is_job(entry.path().string())) folders.push_back(entry.path().lexically_normal().string());
        if (error) throw base::InputError(place, "cannot read: " + error.message());
        std::sort(folders.begin(), folders.end());
        for (const std::string& folder : folders) {
            const jobs::Job job = jobs::read_job(folder);
            record.jobs->push_back(job_record(job, state_of(job)));
            record.jobs->back().folder = folder;
            session.print(row(record.jobs->back()));
        }
        if (folders.empty()) session.note(fmt::format("no folder in {} is that of a job", place));
        session.print_json(record::write(record));
        return success;
    }

    static std::string journal_of(const std::vector<std::string>& words) {
        constexpr std::string_view name = "--journal";
        for (std::size_t k = 0; k < words.size(); ++k) {
            if (words[k] == name && k + 1 < words.size()) return words[k + 1];
            if (words[k].rfind(fmt::format("{}=", name), 0) == 0) return words[k].substr(name.size() + 1);
        }
        return "";
    }

    /// What others find is worked on with their words, but by this program.
    int resume(Session& session, jobs::Job job) const {
        const std::string path = job.folder + "/job.json";
        const std::vector<std::string> can_be_split{"classify", "ledger", "prove", "threshold"};
        if (job.words.empty() ||
            std::find(can_be_split.begin(), can_be_split.end(), job.words[0]) == can_be_split.end())
            throw base::InputError(path, fmt::format("one of the commands {}", fmt::join(can_be_split, ", ")),
                                   job.words.empty() ? "none" : base::printable(job.words[0]));
        if (!fs::is_directory(job.directory))
            throw base::InputError(path, "a directory that is there", base::printable(job.directory));
        const std::string journal = journal_of(job.words);
        std::error_code none;
        if (!fs::equivalent(fs::path(job.directory) / journal, job.folder, none))
            throw base::InputError(path, "--journal with this folder", base::printable(journal));
        job.program = base::own_path();
        job.words = base::without_options(job.words, {"--no-wait"}, {"--on", "--partition", "--time"});
        if (const auto status = make_missing(session, job, !no_wait_)) return *status;
        std::vector<std::string> command{job.program};
        command.insert(command.end(), job.words.begin(), job.words.end());
        command.insert(command.end(), {"--on", "join"});
        const auto has = [&](const char* word) {
            return std::find(job.words.begin(), job.words.end(), word) != job.words.end();
        };
        if (session.options.json && !has("--json")) command.emplace_back("--json");
        session.progress("joining");
        const base::Limits limits = session.limits();
        const base::ProcessResult joined =
            base::run_process(command, {.directory = job.directory, .interrupted = limits.interrupted});
        if (!session.options.quiet) std::fwrite(joined.err.data(), 1, joined.err.size(), stderr);
        if (!joined.finished) return show_state(session, job, "the joining did not end");
        if (!session.options.json) {
            session.print_verbatim(joined.out);
        } else if (auto object = base::ordered_document_or_none(joined.out); !object.is_discarded()) {
            session.print_json(std::move(object));
        }
        return joined.status;
    }

    /// Of the state alone, which is no verdict: 0 once there is all that the joining needs.
    int show(Session& session, const jobs::Job& job) const {
        record::Jobs record;
        record.job = job_record(job, state_of(job));
        record.job->folder = folder_;
        session.print(row(*record.job));
        if (!record.job->runs.empty())
            session.print(fmt::format("  {} parts as {} {}\n", job.parts, job.on,
                                      base::printable(fmt::format("{}", fmt::join(job.runs, ", ")))));
        const bool is_complete = record.job->state == "complete";
        session.print(fmt::format("  attest jobs resume {} {}\n", base::shell_word(folder_),
                                  is_complete ? "joins what there is, and says the answer" : "makes what is missing"));
        session.print_json(record::write(record));
        return is_complete ? success : undecided;
    }

    std::string action_ = "list", folder_;
    bool no_wait_ = false;
};

}  // namespace

std::unique_ptr<Command> make_jobs() { return std::make_unique<JobsCommand>(); }

}  // namespace attest::cli
