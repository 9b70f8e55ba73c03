// attest._core: what the package `attest` (src/python/attest) has of C++.
//
// Networks are read, evaluated and drawn here, in this process. Questions that need solvers are asked of the program `attest` in
// a process of its own, by `ask`: a solver that dies, a limit of memory, or Ctrl-C in the middle of a library's work end
// that process and not the interpreter. What it printed is an `Answer`, which Python cannot make: so what the package
// calls a verdict was printed by the program, and only its certifying part (src/certify) makes verdicts.

#include <pybind11/functional.h>
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <mutex>

#include "attest/base/error.hpp"
#include "attest/base/json.hpp"
#include "base/process.hpp"
#include "base/version.hpp"
#include "python/away.hpp"
#include "python/model.hpp"
#include "python/trace.hpp"
#include "report/excerpt.hpp"

namespace py = pybind11;

namespace attest::python {

namespace {

using Shared = std::shared_ptr<const Model>;

/// What the program printed.
struct Answer {
    int status = -1;
    std::string text;  ///< on stdout
    std::string said;  ///< on stderr
};

/// What was said on stderr and not told to the caller yet.
struct Heard {
    std::mutex mutex;
    std::string text;
};

Answer ask(const std::string& program, const std::vector<std::string>& arguments, const py::object& listener) {
    std::vector<std::string> command = {program};
    command.insert(command.end(), arguments.begin(), arguments.end());
    auto heard = std::make_shared<Heard>();
    const bool listens = !listener.is_none();
    const base::ProcessResult result = away_from_python(
        [command, heard, listens](const std::atomic<bool>& stop) {
            base::ProcessSettings settings;
            settings.interrupted = &stop;
            if (listens)
                settings.heard = [heard](std::string_view more) {
                    const std::lock_guard lock(heard->mutex);
                    heard->text += more;
                };
            return base::run_process(command, settings);
        },
        [&] {
            std::string text;
            {
                const std::lock_guard lock(heard->mutex);
                text.swap(heard->text);
            }
            if (!text.empty()) listener(py::bytes(text));
        });
    if (!result.finished) throw base::InternalError("attest " + arguments.at(0) + ": the program was killed");
    return {result.status, result.out, result.err};
}

language::Word word_of(const Model& model, const std::variant<std::string, std::vector<std::string>>& word) {
    if (const auto* text = std::get_if<std::string>(&word)) return model.alphabet().parse(*text, "word");
    return model.alphabet().parse(std::get<std::vector<std::string>>(word), "word");
}

using WordText = std::variant<std::string, std::vector<std::string>>;

base::Limits limits_of(const std::atomic<bool>& stop) {
    base::Limits limits;
    limits.interrupted = &stop;
    return limits;
}

std::vector<Said> say(const Shared& model, const std::vector<WordText>& texts) {
    std::vector<language::Word> words;
    for (const WordText& text : texts) words.push_back(word_of(*model, text));
    return away_from_python(
        [model, words](const std::atomic<bool>& stop) { return evaluate(*model, words, limits_of(stop)); });
}

std::shared_ptr<Trace> trace_of(const Shared& model, const WordText& text) {
    return away_from_python([model, word = word_of(*model, text)](const std::atomic<bool>& stop) {
        return std::make_shared<Trace>(trace(*model, word, limits_of(stop)));
    });
}

std::optional<std::string> draw(const Shared& model, const WordText& text) {
    return away_from_python([model, word = word_of(*model, text)](const std::atomic<bool>&) {
        const auto drawing = report::attention_drawing(model->file(), word);
        return drawing ? std::optional(drawing->document()) : std::nullopt;
    });
}

std::string excerpt(const std::string& document, const Shared& model, const std::vector<WordText>& texts) {
    std::vector<language::Word> words;
    for (const WordText& text : texts) words.push_back(word_of(*model, text));
    return away_from_python([document, model, words](const std::atomic<bool>&) {
        report::Output output{"", "", base::Json::parse(document, "output")};
        output.command = base::JsonNode(output.document, "output").at("command").as_string();
        return report::write_excerpt(output, model ? &model->file() : nullptr, words);
    });
}

/// The numbers as they lie in memory, which `owner` keeps; nobody may write there.
py::array view(const Array& array, const std::vector<double>& numbers, const py::object& owner) {
    std::vector<py::ssize_t> shape(array.shape.begin(), array.shape.end());
    py::array_t<double> made(shape, numbers.data(), owner);
    py::detail::array_proxy(made.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
    return made;
}

/// By layer or boundary: the nearest doubles, those below, those above.
py::list views(const std::vector<Array>& arrays, const py::object& owner) {
    py::list list;
    for (const Array& array : arrays)
        list.append(py::make_tuple(view(array, array.nearest, owner), view(array, array.lower, owner),
                                   view(array, array.upper, owner)));
    return list;
}

/// The package's own classes of exceptions, by the name that C++ has for them too.
void raise(const char* name, const std::exception& error) {
    const py::object type = py::module_::import("attest._errors").attr(name);
    PyErr_SetString(type.ptr(), error.what());
}

void translate(std::exception_ptr thrown) {
    try {
        if (thrown) std::rethrow_exception(thrown);
    } catch (const base::UsageError& error) {
        raise("UsageError", error);
    } catch (const base::InputError& error) {
        raise("InputError", error);
    } catch (const base::Unsupported& error) {
        raise("Unsupported", error);
    } catch (const base::InternalError& error) {
        raise("InternalError", error);
    }
}

void declare_results(py::module_& m) {
    py::class_<Answer>(m, "Answer", "What the program printed. Only `ask` makes one.")
        .def_readonly("status", &Answer::status)
        .def_property_readonly("text", [](const Answer& a) { return py::str(a.text); })
        .def_property_readonly("said", [](const Answer& a) {
            return py::reinterpret_steal<py::str>(
                PyUnicode_DecodeUTF8(a.said.data(), static_cast<py::ssize_t>(a.said.size()), "replace"));
        });
    py::class_<Said>(m, "Said", "What a network says of one word.")
        .def_readonly("word", &Said::word)
        .def_readonly("accepts", &Said::accepts)
        .def_readonly("score", &Said::score)
        .def_readonly("classes", &Said::classes)
        .def_readonly("reason", &Said::reason);
    py::class_<Trace, std::shared_ptr<Trace>>(m, "Trace", "What a network did on one word.")
        .def_readonly("sequence", &Trace::sequence)
        .def_readonly("variables", &Trace::variables)
        .def_readonly("said", &Trace::said)
        .def_property_readonly("attention",
                               [](const py::object& self) { return views(self.cast<Trace&>().attention, self); })
        .def_property_readonly("activations",
                               [](const py::object& self) { return views(self.cast<Trace&>().activations, self); });
}

void declare_model(py::module_& m) {
    py::class_<Model, std::shared_ptr<Model>>(m, "Network", "A network of any kind, with the bytes it was read from.")
        .def_property_readonly("name", &Model::name)
        .def_property_readonly("kind", &Model::kind)
        .def_property_readonly("attention", &Model::attention)
        .def_property_readonly("heads", &Model::heads)
        .def_property_readonly("dimension", &Model::dimension)
        .def_property_readonly("alphabet", [](const Model& model) { return model.alphabet().symbols(); })
        .def("write", &Model::write, py::arg("directory"), py::arg("stem"))
        .def(
            "evaluate",
            [](const std::shared_ptr<Model>& model, const std::vector<WordText>& words) { return say(model, words); },
            py::arg("words"))
        .def(
            "trace", [](const std::shared_ptr<Model>& model, const WordText& word) { return trace_of(model, word); },
            py::arg("word"))
        .def(
            "draw", [](const std::shared_ptr<Model>& model, const WordText& word) { return draw(model, word); },
            py::arg("word"));
    m.def(
        "load",
        [](const std::string& operand) {
            return away_from_python(
                [operand](const std::atomic<bool>&) { return std::make_shared<Model>(load(operand)); });
        },
        py::arg("operand"));
    m.def(
        "excerpt",
        [](const std::string& document, const std::shared_ptr<Model>& model, const std::vector<WordText>& words) {
            return excerpt(document, model, words);
        },
        py::arg("document"), py::arg("model").none(true), py::arg("words"));
}

}  // namespace

}  // namespace attest::python

PYBIND11_MODULE(_core, m) {
    using namespace attest::python;
    m.doc() = "What the package attest has of C++; use the package.";
    m.attr("version") = attest::base::version();
    py::register_exception_translator(&translate);
    declare_results(m);
    declare_model(m);
    m.def("ask", &ask, py::arg("program"), py::arg("arguments"), py::arg("heard").none(true));
    // What is still being computed after an interruption ends before the interpreter does.
    py::module_::import("atexit").attr("register")(py::cpp_function([] {
        const py::gil_scoped_release released;
        workers().wait();
    }));
}
