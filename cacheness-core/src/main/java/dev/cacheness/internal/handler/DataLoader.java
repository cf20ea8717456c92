package dev.cacheness.internal.handler;

/** Finds the classes of the JDK and of the serializer, and of the application's only enums: everything else of it is to be read as fields. */
final class DataLoader extends ClassLoader {

    private final ClassLoader application;

    DataLoader(ClassLoader application) {
        super(ClassLoader.getPlatformClassLoader());
        this.application = application;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> type = application.loadClass(name);
        if (Enum.class.isAssignableFrom(type)) {
            return type;
        }
        throw new ClassNotFoundException(name + " is read as its fields");
    }
}
