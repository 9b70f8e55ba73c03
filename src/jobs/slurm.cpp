// Parts are tasks of an array job: Slurm counts them, queues them, and starts again what a node that failed had begun. An
// array has at most MaxArraySize tasks, so more parts are several arrays, each after the last. The joining comes after the
// last array, whatever became of its tasks (`afterany`): what is missing then, it says.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "attest/base/error.hpp"
#include "base/process.hpp"
#include "jobs/executor.hpp"

namespace attest::jobs {

namespace {

using Words = std::vector<std::string>;

/// What a program of Slurm says.
std::string said(const Words& command) {
    const base::ProcessResult result = base::run_process(command, {.wall_seconds = 60.0});
    if (result.finished && result.status == 0) return result.out;
    throw base::InputError(command.front(), result.err.empty() ? "gave no answer" : result.err);
}

/// The greatest number of a task, and one more.
std::size_t most_tasks() {
    constexpr std::string_view key = "MaxArraySize";
    std::istringstream lines(said({"scontrol", "show", "config"}));
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(key, 0) != 0) continue;
        const std::size_t digits = line.find_first_of("0123456789");
        std::size_t size = 0;
        if (digits != std::string::npos) std::from_chars(line.data() + digits, line.data() + line.size(), size);
        if (size >= 2) return size;
    }
    throw base::InputError("scontrol show config", "MaxArraySize of 2 or more", "none");
}

/// `1-3,5`, of ascending numbers from which `less` is taken.
std::string ranges(const std::vector<std::size_t>& parts, std::size_t less) {
    std::string text;
    for (std::size_t k = 0; k < parts.size();) {
        std::size_t end = k;
        while (end + 1 < parts.size() && parts[end + 1] == parts[end] + 1) ++end;
        text += fmt::format("{}{}", text.empty() ? "" : ",", parts[k] - less);
        if (end > k) text += fmt::format("-{}", parts[end] - less);
        k = end + 1;
    }
    return text;
}

class Slurm : public Executor {
  public:
    void submit(Job& job, const std::vector<std::size_t>& parts, const base::Limits&) override {
        job.runs.clear();
        const std::size_t most = most_tasks() - 1;  // numbered from 1
        for (std::size_t k = 0; k < parts.size();) {
            // A part is a task's number and what the script is told to add: one multiple of `most` an array.
            const std::size_t less = (parts[k] - 1) / most * most;
            std::vector<std::size_t> tasks;
            for (; k < parts.size() && parts[k] <= less + most; ++k) tasks.push_back(parts[k]);
            begin(job, {"--array=" + ranges(tasks, less), "--output=" + job.folder + "/log/part-%A-%a.log"},
                  {part_script(job), std::to_string(less)});
        }
        begin(job, {"--output=" + job.folder + "/log/join-%j.log"}, {join_script(job)});
    }

    bool is_alive(const Job& job) override {
        const base::ProcessResult result =
            base::run_process({"squeue", "--me", "--noheader", "--format=%F"}, {.wall_seconds = 60.0});
        if (!result.finished || result.status != 0) return true;  // its controller may be away for a while
        std::istringstream lines(result.out);
        for (std::string line; std::getline(lines, line);) {
            line.erase(line.find_last_not_of(' ') + 1);
            if (std::find(job.runs.begin(), job.runs.end(), line) != job.runs.end()) return true;
        }
        return false;
    }

  private:
    /// Submits what comes after the last that was, and writes down its number.
    static void begin(Job& job, const Words& options, const Words& script) {
        const Wanted& wanted = job.wanted;
        Words command{"sbatch", "--parsable", "--requeue", "--open-mode=append", "--job-name=attest"};
        if (!wanted.partition.empty()) command.push_back("--partition=" + wanted.partition);
        if (!wanted.time.empty()) command.push_back("--time=" + wanted.time);
        if (wanted.memory_mib > 0) command.push_back(fmt::format("--mem={}M", wanted.memory_mib));
        command.push_back(fmt::format("--cpus-per-task={}", wanted.threads));
        if (!job.runs.empty()) command.push_back("--dependency=afterany:" + job.runs.back());
        command.insert(command.end(), options.begin(), options.end());
        command.insert(command.end(), script.begin(), script.end());
        std::string number = said(command);
        number.erase(std::min(number.find_first_of(";\n"), number.size()));
        job.runs.push_back(number);
        write_job(job);
    }
};

}  // namespace

std::unique_ptr<Executor> make_slurm() {
    for (const char* program : {"sbatch", "squeue", "scontrol"})
        if (!base::has_program(program))
            throw base::UsageError(fmt::format("--on slurm: expected Slurm's {} in PATH, found none", program));
    return std::make_unique<Slurm>();
}

std::unique_ptr<Executor> make_executor(const std::string& name) {
    if (name == "slurm") return make_slurm();
    if (name == "local") return make_local();
    throw base::UsageError(fmt::format("--on: expected local or slurm, found '{}'", name));
}

}  // namespace attest::jobs
