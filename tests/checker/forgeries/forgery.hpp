#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

/// Certificates that break one sentence of FORMAT.md each. All their sizes and digests are right, so that
/// only the sentence itself can be what refuses them.
namespace forgeries {

/// A certificate before it is sealed.
struct Certificate {
    std::string claim;     ///< "@a" in it stands for the digest of the part in directory a
    std::string evidence;  ///< empty: none
    std::map<std::string, std::string> files;
    std::string assumptions = "[]";
    std::string provenance = "{\"tool\": \"by hand\", \"seed\": 7}";
    std::map<std::string, Certificate> parts = {};  ///< of a collection, by directory

    /// What is done to the manifest's text before its digest is taken, and to the directory after all is
    /// sealed.
    std::vector<std::function<void(std::string&)>> in_manifest = {};
    std::vector<std::function<void(const std::string& directory)>> on_disk = {};
};

/// What the forger does to an honest certificate.
using Edit = std::function<void(Certificate&)>;

/// One sentence and the certificate that breaks it.
struct Forgery {
    const char* sentence;  ///< as it stands in FORMAT.md
    const char* original;  ///< the name of the honest certificate
    Edit edit;
    const char* obligation;  ///< that must fail
    const char* where;       ///< in "place: reason" of the report
};

/// The forgeries of one section of FORMAT.md, "model" for the model format.
struct Section {
    std::string name;
    std::vector<Forgery> forgeries;
};

/// All of them, in order; each is made in a file of its own.
std::vector<Section> all_sections();
Section files();
Section manifests();
Section collections();
Section limits();
Section questions();
Section languages();
Section circuits();
Section formulas();
Section proofs();
Section parity_proofs();
Section classes();
Section class_formulas();
Section bounds();
Section networks();
Section restrictions();
Section softmax_layers();
Section soft_models();
Section two_models();
Section counts_of_mistakes();
Section removals();
Section invariances();
Section models();
Section models_of_version_2();
Section tables();
Section programs();
Section tasks_of_programs();
Section program_circuits();
Section every_length();
Section classes_of_languages();
Section too_few_layers();

/// Honest certificates, which the checker accepts. Throws std::out_of_range for another name.
const Certificate& original(const std::string& name);
std::vector<std::string> names_of_originals();

/// Writes the certificate with the sizes and digests that it must have; returns the manifest's digest.
std::string seal(const Certificate& certificate, const std::string& directory);

/// The one place where the text stands is changed. Throws std::runtime_error where it does not stand.
std::string replaced(std::string text, const std::string& from, const std::string& to);

// Edits. `part` is claim, evidence, manifest, or the name of a file.
Edit in(const std::string& part, const std::string& from, const std::string& to);
Edit put(const std::string& part, const std::string& text);
Edit add_file(const std::string& name, const std::string& bytes);
Edit without(const std::string& name);
Edit renamed(const std::string& name, const std::string& to);
Edit on_disk(std::function<void(const std::string& directory)> damage);
Edit in_part(const std::string& directory, Edit edit);
Edit both(Edit first, Edit second);

/// What a forger does to a sealed certificate: the file's text is changed, the digest that its manifest has
/// is read.
void rewrite(const std::string& path, const std::string& from, const std::string& to);
std::string digest_in(const std::string& directory);

/// The lines of a proof or formula, counted from 0, negative from the end.
Edit line(const std::string& file, int number, const std::function<std::string(const std::string&)>& change);
Edit without_line(const std::string& file, int number);
Edit with_line(const std::string& file, int before, const std::string& line);

}  // namespace forgeries
